import NIOCore
import NIOPosix
import Testing

/// Ports of 127.0.0.1.
enum LoopbackPort {
    /// One that nobody listens on now.
    static func free() async throws -> Int {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        try await server.close().get()
        return port
    }

    /// Dials until somebody answers; each attempt ends by itself, and all of them within ten seconds.
    static func waitUntilListening(_ port: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                let channel = try await ClientBootstrap(
                    group: MultiThreadedEventLoopGroup.singleton
                ).connect(host: "127.0.0.1", port: port).get()
                try await channel.close().get()
                return
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                await Task.yield()
            }
        }
    }
}
