package import NIOSSL

/// TLS of the receiver: certificate and key of this site, and the authority of its clients if they need certificates.
package struct ReceiverTLS: Sendable, Hashable, Codable {
    /// The certificate chain in PEM, leaf first.
    package var certificate: String
    /// Its private key in PEM, mode 0600.
    package var key: String
    /// The authorities of client certificates in PEM; nil asks for none.
    package var clientAuthority: String?

    /// Names the files.
    package init(certificate: String, key: String, clientAuthority: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthority = clientAuthority
    }

    /// TLS 1.2 or later (the BCP 195 profiles of PS3.15).
    ///
    /// - Throws: what NIOSSL throws if a file cannot be read.
    package func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map {
                .certificate($0)
            },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        configuration.minimumTLSVersion = .tlsv12
        if let clientAuthority {
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMFile(clientAuthority)
            )
            configuration.certificateVerification = .noHostnameVerification
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
