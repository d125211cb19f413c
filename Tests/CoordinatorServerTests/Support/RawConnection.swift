import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A connection on which a test sends whatever bytes it likes.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let received: NIOLockedValueBox<ByteBuffer>

    private init(_ channel: any Channel, _ received: NIOLockedValueBox<ByteBuffer>) {
        self.channel = channel
        self.received = received
    }

    /// Dials loopback; without TLS nothing but the TCP connection is made.
    static func open(port: Int, _ tls: TLSConfiguration?) async throws -> RawConnection {
        let received = NIOLockedValueBox(ByteBuffer())
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil)
                        )
                    }
                    try channel.pipeline.syncOperations.addHandler(Collector(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawConnection(channel, received)
    }

    /// Sends bytes; what the peer does not take any more is no error of the test's.
    func send(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

    /// Sends bytes and waits until they are on their way; false once the peer has closed.
    func sent(_ bytes: ByteBuffer) async -> Bool {
        (try? await channel.writeAndFlush(bytes).get()) != nil
    }

    /// Everything that came until the peer closed.
    func answer() async -> String {
        try? await channel.closeFuture.get()
        return received.withLockedValue { String(buffer: $0) }
    }

    /// What came so far.
    var soFar: String { received.withLockedValue { String(buffer: $0) } }

    var isOpen: Bool { channel.isActive }

    func close() { channel.close(promise: nil) }

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let received: NIOLockedValueBox<ByteBuffer>

        init(_ received: NIOLockedValueBox<ByteBuffer>) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var buffer = unwrapInboundIn(data)
            received.withLockedValue { _ = $0.writeBuffer(&buffer) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
