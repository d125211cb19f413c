import Foundation
import NIOCore
package import NIOSSL

/// TLS of the two ports: 1.3 only, `http/1.1` only (Protocol.md section 3).
package enum ServerTLS {
    /// The service port's: a client certificate of the federation is required.
    package static func service(
        _ folder: CoordinatorFolder,
        _ credentials: ServerCredentials
    ) throws -> TLSConfiguration {
        var configuration = base(credentials, also: [])
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMFile(folder.rootCertificate.path)
        )
        return configuration
    }

    /// The enrolment port's: the client is not known yet, and needs to see the root its invite pins.
    package static func enrolment(
        _ folder: CoordinatorFolder,
        _ credentials: ServerCredentials
    ) throws -> TLSConfiguration {
        base(credentials, also: try NIOSSLCertificate.fromPEMFile(folder.rootCertificate.path))
    }

    private static func base(
        _ credentials: ServerCredentials,
        also roots: [NIOSSLCertificate]
    ) -> TLSConfiguration {
        let first = credentials.chainAndKey
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: (first.chain + roots).map { .certificate($0) },
            privateKey: .privateKey(first.key)
        )
        // Each handshake asks anew, so a renewed certificate needs no restart.
        configuration.sslContextCallback = { _, promise in
            let next = credentials.chainAndKey
            var override = NIOSSLContextConfigurationOverride()
            override.certificateChain = (next.chain + roots).map { .certificate($0) }
            override.privateKey = .privateKey(next.key)
            promise.succeed(override)
        }
        configuration.minimumTLSVersion = .tlsv13
        // An agent that is gone does not answer a goodbye; a stopping coordinator does not wait for it.
        configuration.shutdownTimeout = .milliseconds(500)
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
