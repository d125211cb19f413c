import CoordinatorServer
import Crypto
import Foundation
import Identity
import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// A hospital's inspecting device: answers in the place of whom it is asked for, with a certificate that
/// its own authority signed.
final class InterceptingProxy: Sendable {
    /// Where it listens.
    let port: Int
    private let server: any Channel

    /// As a transparent device answers TLS at once; as a proxy, after CONNECT.
    init(asProxy: Bool) async throws {
        let authority = try TestCredentials.foreignAuthority(named: "hospital-inspection")
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issueCoordinatorCertificate(
            for: key.publicKey,
            hosts: ["127.0.0.1"],
            at: Date()
        )
        let tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(issued.chainPEM.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
            )
        )
        let context = try NIOSSLContext(configuration: tls)
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if asProxy {
                        try pipeline.addHandler(ConnectAnswer(context))
                    } else {
                        try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = try #require(server.localAddress?.port)
    }

    func close() async { try? await server.close() }

    /// Answers CONNECT and speaks TLS from then on.
    private final class ConnectAnswer: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let tls: NIOSSLContext
        private var head = ""

        init(_ tls: NIOSSLContext) { self.tls = tls }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            head += String(buffer: unwrapInboundIn(data))
            guard head.contains("\r\n\r\n") else { return }
            let pipeline = context.pipeline.syncOperations
            try? pipeline.addHandler(
                NIOSSLServerHandler(context: tls),
                position: .after(self)
            )
            context.writeAndFlush(
                wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n")),
                promise: nil
            )
            pipeline.removeHandler(context: context, promise: nil)
        }
    }
}
