import Crypto
import Foundation
import Identity
import NIOSSL
import X509

/// A site's key and certificate, in memory.
struct TestCredentials: Sendable {
    let chainPEM: String
    let keyPEM: String
    let fingerprint: String

    /// Credentials in PEM.
    init(chainPEM: String, keyPEM: String, fingerprint: String) {
        self.chainPEM = chainPEM
        self.keyPEM = keyPEM
        self.fingerprint = fingerprint
    }

    /// Has `authority` issue a certificate at a moment of choice.
    init(site: String, of authority: CertificateAuthority, at time: Date) throws {
        let key = P256.Signing.PrivateKey()
        let admission = try Enrolment.admit(
            siteID: site,
            requestPEM: try Enrolment.certificateRequest(for: Certificate.PrivateKey(key)),
            authority: authority,
            at: time
        )
        chainPEM = admission.chainPEM
        keyPEM = key.pemRepresentation
        fingerprint = admission.fingerprint
    }

    /// An authority with keys of its own that calls itself by this name.
    static func foreignAuthority(named name: String) throws -> CertificateAuthority {
        try CertificateAuthority(
            newFederation: name,
            rootKey: Certificate.PrivateKey(P256.Signing.PrivateKey()),
            issuingKey: Certificate.PrivateKey(P256.Signing.PrivateKey()),
            at: Date()
        )
    }

    func chain() throws -> [NIOSSLCertificate] {
        try NIOSSLCertificate.fromPEMBytes(Array(chainPEM.utf8))
    }

    func privateKey() throws -> NIOSSLPrivateKey {
        try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
    }
}
