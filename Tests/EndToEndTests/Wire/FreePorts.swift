import NIOCore
import NIOPosix

/// Ports of 127.0.0.1 that nobody listens on now.
enum FreePorts {
    /// Whether a connection to the port is taken.
    static func isTaken(_ port: Int) async -> Bool {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        guard
            let channel = try? await bootstrap.connect(host: "127.0.0.1", port: port).get()
        else { return false }
        try? await channel.close()
        return true
    }

    /// Two different ones.
    static func pair() async throws -> (Int, Int) {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        let first = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let second = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let ports = (first.localAddress?.port ?? 0, second.localAddress?.port ?? 0)
        try await first.close()
        try await second.close()
        return ports
    }
}
