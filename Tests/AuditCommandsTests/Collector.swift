import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import Subprocess

/// A syslog collector on loopback, with a certificate that `openssl` made.
final class Collector: Sendable {
    let certificate: URL
    let port: Int
    private let folder: URL
    private let server: any Channel
    private let received = NIOLockedValueBox<[UInt8]>([])
    private let closed: EventLoopPromise<Void>

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "collector.pem")
        let key = folder.appending(path: "key.pem")
        _ = try await Subprocess.run(
            .name("openssl"),
            arguments: .init([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=collector", "-addext", "subjectAltName=IP:127.0.0.1",
                "-keyout", key.path, "-out", certificate.path,
            ]),
            output: .discarded,
            error: .discarded
        )
        let tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.path)
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key.path, format: .pem))
        )
        let context = try NIOSSLContext(configuration: tls)
        let closed = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
        self.closed = closed
        let received = received
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLServerHandler(context: context)
                    )
                    try channel.pipeline.syncOperations.addHandler(
                        Keeper(received: received, closed: closed)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = server.localAddress?.port ?? 0
    }

    /// All bytes, once the sender has closed.
    func everything() async throws -> [UInt8] {
        try await closed.futureResult.get()
        try await close()
        return received.withLockedValue { $0 }
    }

    func close() async throws {
        try? FileManager.default.removeItem(at: folder.appending(path: "key.pem"))
        closed.succeed(())
        try? await server.close()
    }

    private final class Keeper: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let received: NIOLockedValueBox<[UInt8]>
        private let closed: EventLoopPromise<Void>

        init(received: NIOLockedValueBox<[UInt8]>, closed: EventLoopPromise<Void>) {
            self.received = received
            self.closed = closed
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            received.withLockedValue { $0 += bytes }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { closed.succeed(()) }
    }
}
