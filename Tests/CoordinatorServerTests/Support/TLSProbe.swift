import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// Dials a TLS port, sends one request, and reports what the peer did: alerts as errors, or bytes.
struct TLSProbe {
    /// How the connection went.
    struct Outcome: Sendable {
        var errors: [String] = []
        var answer = ""

        /// Whether the peer sent an alert of this name.
        func wasRefused(by alert: String) -> Bool {
            answer.isEmpty && errors.contains { $0.contains(alert) }
        }
    }

    /// Connects to loopback and waits until the peer closes.
    static func dial(port: Int, _ configuration: TLSConfiguration) async throws -> Outcome {
        let outcome = NIOLockedValueBox(Outcome())
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLClientHandler(context: context, serverHostname: nil),
                        Recorder(outcome: outcome)
                    )
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        let request = "GET /v1/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
        try? await channel.closeFuture.get()
        return outcome.withLockedValue { $0 }
    }

    private final class Recorder: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let outcome: NIOLockedValueBox<Outcome>

        init(outcome: NIOLockedValueBox<Outcome>) { self.outcome = outcome }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            outcome.withLockedValue { $0.answer += text }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            outcome.withLockedValue { $0.errors.append("\(error)") }
            context.close(promise: nil)
        }
    }
}
