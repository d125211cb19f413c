import Foundation
import NIOCore
import NIOPosix

/// A peer that says what a test wants, byte by byte.
enum RawPeer {
    /// Connects, does what `body` does, and returns all that came back until the other side closed.
    static func talk(
        to port: Int,
        limit: Duration = .seconds(60),
        _ body: @escaping @Sendable (NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws -> [UInt8] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await within(limit, "the end of the connection") {
            try await channel.executeThenClose { inbound, outbound in
                // The other side may hang up while we still talk.
                try? await body(outbound)
                var answer: [UInt8] = []
                do {
                    for try await buffer in inbound { answer += Array(buffer.readableBytesView) }
                } catch {
                    return answer
                }
                return answer
            }
        }
    }

    /// Connects, sends bytes, and hangs up without waiting for an answer.
    static func hangUp(on port: Int, after bytes: [UInt8]) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        try? await channel.close()
    }
}
