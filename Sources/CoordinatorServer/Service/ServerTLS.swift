import Foundation
import NIOCore
package import NIOSSL

/// TLS of the two ports: 1.3 only, `http/1.1` only (Protocol.md section 3).
package enum ServerTLS {
    /// The service port's: a client certificate of the federation is required.
    package static func service(_ folder: CoordinatorFolder) throws -> TLSConfiguration {
        var configuration = try base(folder)
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMFile(folder.rootCertificate.path)
        )
        return configuration
    }

    /// The enrolment port's: the client is not known yet, and needs to see the root its invite pins.
    package static func enrolment(_ folder: CoordinatorFolder) throws -> TLSConfiguration {
        var configuration = try base(folder)
        let root = try NIOSSLCertificate.fromPEMFile(folder.rootCertificate.path)
        configuration.certificateChain += root.map { .certificate($0) }
        return configuration
    }

    private static func base(_ folder: CoordinatorFolder) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(folder.serverChain.path)
        let key = try NIOSSLPrivateKey(file: folder.serverKey.path, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv13
        // An agent that is gone does not answer a goodbye; a stopping coordinator does not wait for it.
        configuration.shutdownTimeout = .milliseconds(500)
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
