import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// What TLS on this machine can do at best: bytes from memory through swift-nio-ssl, counted and dropped.
struct BareStream {
    /// Counts what arrives and answers with one byte when it was everything.
    private final class Sink: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var left: Int

        init(bytes: Int) { left = bytes }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            left -= unwrapInboundIn(data).readableBytes
            guard left <= 0 else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(integer: UInt8(1))), promise: nil)
        }
    }

    /// Writes as long as the connection takes more, and tells when the answer is there.
    private final class Source: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private static let block = ByteBuffer(repeating: 7, count: 256 * 1024)
        private var left: Int
        private let done: EventLoopPromise<Void>

        init(bytes: Int, done: EventLoopPromise<Void>) {
            left = bytes
            self.done = done
        }

        func channelActive(context: ChannelHandlerContext) { write(context) }

        func channelWritabilityChanged(context: ChannelHandlerContext) { write(context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { done.succeed() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { done.fail(error) }

        func channelInactive(context: ChannelHandlerContext) { done.fail(ChannelError.eof) }

        private func write(_ context: ChannelHandlerContext) {
            while left > 0 && context.channel.isWritable {
                let block = Self.block.getSlice(at: 0, length: min(left, Self.block.readableBytes))
                guard let block else { return }
                left -= block.readableBytes
                context.writeAndFlush(wrapOutboundOut(block), promise: nil)
            }
        }
    }

    let parties: BenchmarkTLS
    let bytes: Int

    /// One transfer over one connection, with its handshake.
    func megabytesPerSecond() async throws -> Double {
        let group = MultiThreadedEventLoopGroup.singleton
        let (context, clientContext) = (
            try NIOSSLContext(configuration: parties.server),
            try NIOSSLContext(configuration: parties.client)
        )
        let bytes = bytes
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLServerHandler(context: context), Sink(bytes: bytes),
                    ])
                }
            }
            .childChannelOption(.recvAllocator, value: Self.allocator)
            .bind(host: "127.0.0.1", port: 0).get()
        let done = group.next().makePromise(of: Void.self)
        let start = ContinuousClock.now
        let client = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: clientContext, serverHostname: nil),
                        Source(bytes: bytes, done: done),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: server.localAddress?.port ?? 0).get()
        try await done.futureResult.get()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try? await client.close()
        try await server.close()
        return Double(bytes) / 1e6 / seconds
    }

    private static let allocator = AdaptiveRecvByteBufferAllocator(
        minimum: 4096,
        initial: 64 * 1024,
        maximum: 512 * 1024
    )
}
