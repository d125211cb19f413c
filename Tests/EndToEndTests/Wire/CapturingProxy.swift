import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A man in the middle whom a test makes: it has the coordinator's and the site's keys, ends TLS on
/// both sides, passes everything on, and keeps what the site sent.
final class CapturingProxy: Sendable {
    /// The port a site dials instead of the coordinator's.
    let port: Int
    private let server: any Channel
    private let captured: NIOLockedValueBox<[ObjectIdentifier: [UInt8]]>

    /// Listens, and dials the coordinator for each connection.
    init(coordinator: URL, site: URL, servicePort: Int) async throws {
        let captured = NIOLockedValueBox<[ObjectIdentifier: [UInt8]]>([:])
        self.captured = captured
        let accepts = try Self.server(coordinator)
        let dials = try Self.client(site)
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLServerHandler(context: accepts),
                        Relay(captured: captured),
                    ])
                }.flatMap {
                    Self.dial(servicePort, dials, for: channel)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = server.localAddress?.port ?? 0
    }

    /// What the site sent on each connection, in the clear.
    var connections: [[UInt8]] { captured.withLockedValue { Array($0.values) } }

    /// Takes no further connections.
    func close() async { try? await server.close() }

    private static func dial(
        _ port: Int,
        _ context: NIOSSLContext,
        for site: any Channel
    ) -> EventLoopFuture<Void> {
        ClientBootstrap(group: site.eventLoop)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        try NIOSSLClientHandler(context: context, serverHostname: nil),
                        Relay(captured: nil),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .flatMapThrowing { coordinator in
                let (near, far) = (
                    try site.pipeline.syncOperations.handler(type: Relay.self),
                    try coordinator.pipeline.syncOperations.handler(type: Relay.self)
                )
                near.peer = coordinator
                far.peer = site
                _ = site.setOption(.autoRead, value: true)
                _ = coordinator.setOption(.autoRead, value: true)
            }
    }

    private static func server(_ coordinator: URL) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(
            coordinator.appending(path: "tls/server.pem").path
        )
        // Key and chain are one file.
        let key = coordinator.appending(path: "tls/server.pem").path
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        tls.minimumTLSVersion = .tlsv13
        tls.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: tls)
    }

    private static func client(_ site: URL) throws -> NIOSSLContext {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMFile(
                site.appending(path: "keys/federation-root.pem").path
            )
        )
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(
            site.appending(path: "keys/identity.pem").path
        ).map { .certificate($0) }
        tls.privateKey = .privateKey(
            try NIOSSLPrivateKey(
                file: site.appending(path: "keys/identity.pem").path,
                format: .pem
            )
        )
        tls.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: tls)
    }
}

/// One side of a connection: passes bytes to the other, keeps them where asked to.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    var peer: (any Channel)?
    private let captured: NIOLockedValueBox<[ObjectIdentifier: [UInt8]]>?

    init(captured: NIOLockedValueBox<[ObjectIdentifier: [UInt8]]>?) { self.captured = captured }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        captured?.withLockedValue { captured in
            captured[ObjectIdentifier(context.channel), default: []] += buffer.readableBytesView
        }
        peer?.write(buffer, promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { peer?.flush() }

    func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
