/// The targets that `NO_PROXY` lists: names with their subdomains, addresses, IPv4 networks, `*`; each with a port or without.
struct ProxyExceptions: Hashable {
    private let entries: [Substring]

    init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }
    }

    func contain(_ target: String, port: Int) -> Bool {
        entries.contains { Self.matches($0, target.lowercased(), port) }
    }

    private static func matches(_ entry: Substring, _ target: String, _ port: Int) -> Bool {
        if entry == "*" { return true }
        var name = entry
        if let colon = entry.lastIndex(of: ":"), !entry[..<colon].contains(":"),
            let stated = Int(entry[entry.index(after: colon)...])
        {
            guard stated == port else { return false }
            name = entry[..<colon]
        }
        if let slash = name.firstIndex(of: "/") {
            return contains(
                target,
                network: name[..<slash],
                bits: name[name.index(after: slash)...]
            )
        }
        let domain = name.trimmingPrefix("*").trimmingPrefix(".")
        return target == domain || target.hasSuffix("." + domain)
    }

    private static func contains(
        _ target: String,
        network: Substring,
        bits: Substring
    ) -> Bool {
        guard let address = ipv4(Substring(target)), let base = ipv4(network),
            let count = Int(bits), (0...32).contains(count)
        else { return false }
        let mask = count == 0 ? 0 : UInt32.max << (32 - UInt32(count))
        return address & mask == base & mask
    }

    private static func ipv4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            .map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard let part else { return nil }
            address = address << 8 | UInt32(part)
        }
        return address
    }
}
