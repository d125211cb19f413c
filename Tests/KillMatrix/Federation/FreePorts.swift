import Foundation

/// Ports of 127.0.0.1 that are free now, and whether somebody listens on one.
enum FreePorts {
    /// Two different ports.
    static func pair() throws -> (Int, Int) {
        let (first, second) = (try listener(), try listener())
        defer {
            _ = close(first.socket)
            _ = close(second.socket)
        }
        return (first.port, second.port)
    }

    /// Whether a connection to the port is taken.
    static func answers(_ port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { _ = close(socket) }
        var address = loopback(port)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func listener() throws -> (socket: Int32, port: Int) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(socket, generic, length) == 0
                    ? unsafe getsockname(socket, generic, &length) : -1
            }
        }
        guard socket >= 0, status == 0 else {
            throw SupervisedParty.Failure(description: "no free port on 127.0.0.1")
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
