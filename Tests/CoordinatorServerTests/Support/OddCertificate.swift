import CoordinatorServer
import Crypto
import Foundation
import Identity
import NIOSSL
import SwiftASN1
import X509

/// Client certificates that this federation's issuing key signed but would never issue.
struct OddCertificate {
    var uris: [String] = ["fed://\(TestFederation.name)/site/alpha"]
    var usage: ExtendedKeyUsage.Usage = .clientAuth
    var start = Date().addingTimeInterval(-300)
    var end = Date().addingTimeInterval(86_400)
    var key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    /// Bytes of an extension nobody knows, to make the chain large.
    var padding = 0
    /// Whether it signs itself.
    var isSelfSigned = false

    /// TLS as a client that presents it.
    func tls(_ federation: TestFederation) throws -> TLSConfiguration {
        let issuing = try CertificateFile.read(from: federation.folder.issuingCertificate)[0]
        let issuingKey = Certificate.PrivateKey(
            try PrivateKeyFile.read(from: federation.folder.issuingKey)
        )
        let subject = try DistinguishedName { CommonName("alpha") }
        var extensions = try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([usage])
            SubjectAlternativeNames(uris.map { .uniformResourceIdentifier($0) })
        }
        if padding > 0 {
            try extensions.append(
                .init(
                    oid: [1, 3, 6, 1, 4, 1, 55_555, 1],
                    critical: false,
                    value: ArraySlice([UInt8](repeating: 0, count: padding))
                )
            )
        }
        let leaf = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: key.publicKey,
            notValidBefore: start,
            notValidAfter: end,
            issuer: isSelfSigned ? subject : issuing.subject,
            subject: subject,
            extensions: extensions,
            issuerPrivateKey: isSelfSigned ? key : issuingKey
        )
        return try Self.tls(federation, chain: isSelfSigned ? [leaf] : [leaf, issuing], key: key)
    }

    /// TLS as a client that presents a chain.
    static func tls(
        _ federation: TestFederation,
        chain: [Certificate],
        key: Certificate.PrivateKey
    ) throws -> TLSConfiguration {
        var configuration = try federation.tls()
        configuration.certificateChain = try chain.map {
            .certificate(
                try NIOSSLCertificate(bytes: try CertificateFile.der(of: $0), format: .der)
            )
        }
        let pem = try key.serializeAsPEM().pemString
        configuration.privateKey = .privateKey(
            try NIOSSLPrivateKey(bytes: Array(pem.utf8), format: .pem)
        )
        return configuration
    }
}
