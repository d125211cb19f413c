import Foundation

/// Names to addresses as the system resolves them; blocking.
enum NameLookup {
    /// Why there is no address.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The addresses of a name, each once.
    static func addresses(of host: String) throws -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            throw Failure(description: unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [String] = []
        var next = unsafe list
        while let info = unsafe next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let named = unsafe getnameinfo(
                info.pointee.ai_addr,
                info.pointee.ai_addrlen,
                &text,
                socklen_t(text.count),
                nil,
                0,
                NI_NUMERICHOST
            )
            if named == 0 {
                let end = text.firstIndex(of: 0) ?? text.endIndex
                addresses.append(
                    String(decoding: text[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self)
                )
            }
            unsafe next = info.pointee.ai_next
        }
        return addresses.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
