package import Crypto
package import Foundation
import SwiftASN1
package import X509

/// A peer's leaf certificate, read: who it speaks for, its key and its fingerprint.
package struct PeerCertificate: Sendable {
    /// Who the certificate speaks for.
    package let party: Party
    /// SHA-256 of the DER bytes, 64 hexadecimal digits.
    package let fingerprint: String
    /// The key that signs the peer's requests.
    package let key: P256.Signing.PublicKey
    /// The end of its validity.
    package let notValidAfter: Date

    /// Reads DER bytes whose chain TLS has already verified, and checks name and usage.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-certificate` unless the certificate carries exactly one
    ///   `fed:` URI, the extended key usage that fits its role, and a P-256 key.
    package init(der: [UInt8]) throws(IdentityError) {
        let certificate: Certificate
        do {
            certificate = try Certificate(derEncoded: der)
        } catch {
            throw IdentityError(.invalidCertificate, "the peer's certificate cannot be parsed")
        }
        try self.init(certificate, der: der)
    }

    /// Reads a certificate.
    package init(_ certificate: Certificate) throws(IdentityError) {
        guard let der = try? CertificateFile.der(of: certificate) else {
            throw IdentityError(.invalidCertificate, "the certificate cannot be written")
        }
        try self.init(certificate, der: der)
    }

    private init(_ certificate: Certificate, der: [UInt8]) throws(IdentityError) {
        let names = (try? certificate.extensions.subjectAlternativeNames) ?? nil
        let uris = (names.map(Array.init) ?? []).compactMap { name -> String? in
            if case .uniformResourceIdentifier(let uri) = name { uri } else { nil }
        }
        guard uris.count == 1, let party = uris.first.flatMap(Party.init(uri:)) else {
            throw IdentityError(
                .invalidCertificate,
                "the peer's certificate does not name one party"
            )
        }
        let usage: ExtendedKeyUsage.Usage =
            if case .coordinator = party.role { .serverAuth } else { .clientAuth }
        guard let usages = try? certificate.extensions.extendedKeyUsage, usages.contains(usage)
        else {
            throw IdentityError(.invalidCertificate, "the peer's certificate is for another use")
        }
        guard let key = P256.Signing.PublicKey(certificate.publicKey) else {
            throw IdentityError(.invalidCertificate, "the peer's certificate has no P-256 key")
        }
        self.party = party
        self.key = key
        self.fingerprint = Hexadecimal.encode(SHA256.hash(data: der))
        self.notValidAfter = certificate.notValidAfter
    }
}
