import Crypto
import Foundation
import HummingbirdCore
package import Identity
import Logging
import NIOCore
package import NIOSSL
import X509

/// TLS of the two ports: 1.3 only, `http/1.1` only (Protocol.md section 3).
package enum ServerTLS {
    /// The service port's: a client certificate of the federation is required.
    package static func service(
        _ credentials: PartyCredentials,
        _ roots: FederationRoots
    ) throws -> TLSConfiguration {
        var configuration = try base(credentials, roots, also: [])
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(try roots.all.map(NIOSSLCertificate.init))
        return configuration
    }

    /// The enrolment port's: the client is not known yet, and needs to see the root its invite pins.
    package static func enrolment(
        _ credentials: PartyCredentials,
        _ roots: FederationRoots
    ) throws -> TLSConfiguration {
        try base(credentials, roots, also: roots.all)
    }

    private static func base(
        _ credentials: PartyCredentials,
        _ roots: FederationRoots,
        also shown: [Certificate]
    ) throws -> TLSConfiguration {
        // Who goes by the former root only follows the cross certificate.
        let cross = roots.handover.map { [$0.crossCertificate] } ?? []
        let chain = try (credentials.chain + cross + shown).map(NIOSSLCertificate.init)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(credentials.key.derRepresentation), format: .der)
            )
        )
        configuration.minimumTLSVersion = .tlsv13
        // An agent that is gone does not answer a goodbye; a stopping coordinator does not wait for it.
        configuration.shutdownTimeout = .milliseconds(500)
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}

extension NIOSSLCertificate {
    fileprivate convenience init(_ certificate: Certificate) throws {
        try self.init(bytes: try CertificateFile.der(of: certificate), format: .der)
    }
}

/// A connection that begins with TLS under the context of its moment.
struct TLSHandshake<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let context: @Sendable () -> NIOSSLContext

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: context())
            )
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
