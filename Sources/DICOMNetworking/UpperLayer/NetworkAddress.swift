import Foundation

/// An IPv4 or IPv6 address, or a network of them such as `10.1.0.0/16`.
///
/// Names are not taken: who controls a name server would control who may send.
package struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// As it was written.
    package let description: String
    private let bytes: [UInt8]
    private let prefixLength: Int

    /// Reads an address or a network; nil if it is neither.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(String(parts[0])) else { return nil }
        let most = bytes.count * 8
        var length = most
        if parts.count == 2 {
            guard let stated = Int(parts[1]), (0...most).contains(stated) else { return nil }
            length = stated
        }
        self.bytes = bytes
        prefixLength = length
        description = text
    }

    /// Whether an address lies in the network.
    package func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(address), other.count == bytes.count else { return false }
        let whole = prefixLength / 8
        guard other[..<whole] == bytes[..<whole] else { return false }
        let rest = prefixLength % 8
        return rest == 0 || (other[whole] ^ bytes[whole]) >> (8 - rest) == 0
    }

    /// The 4 or 16 bytes; IPv4 in IPv6 is IPv4, and a zone (`%eth0`) is left out.
    private static func bytes(_ text: String) -> [UInt8]? {
        let plain = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if unsafe inet_pton(AF_INET, plain, &four) == 1 {
            return unsafe withUnsafeBytes(of: &four) { unsafe Array($0) }
        }
        var sixteen = in6_addr()
        guard unsafe inet_pton(AF_INET6, plain, &sixteen) == 1 else { return nil }
        let bytes = unsafe withUnsafeBytes(of: &sixteen) { unsafe Array($0) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10..<12] == [0xFF, 0xFF]
        return isMapped ? Array(bytes[12...]) : bytes
    }
}
