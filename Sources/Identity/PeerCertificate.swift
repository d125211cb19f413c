import Crypto
package import Foundation
import SwiftASN1
import X509

/// A peer's leaf certificate, read: who it speaks for and its fingerprint.
package struct PeerCertificate: Sendable, Hashable {
    /// Who the certificate speaks for.
    package let party: Party
    /// SHA-256 of the DER bytes, 64 hexadecimal digits.
    package let fingerprint: String
    /// The end of its validity.
    package let notValidAfter: Date

    /// Reads DER bytes whose chain TLS has already verified, and checks name and usage.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-certificate` unless the certificate carries exactly one
    ///   `fed:` URI and the extended key usage that fits its role.
    package init(der: [UInt8]) throws(IdentityError) {
        let certificate: Certificate
        do {
            certificate = try Certificate(derEncoded: der)
        } catch {
            throw IdentityError(.invalidCertificate, "the peer's certificate cannot be parsed")
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
            if case .site = party.role { .clientAuth } else { .serverAuth }
        guard let usages = try? certificate.extensions.extendedKeyUsage, usages.contains(usage)
        else {
            throw IdentityError(.invalidCertificate, "the peer's certificate is for another use")
        }
        self.party = party
        self.fingerprint = Hexadecimal.encode(SHA256.hash(data: der))
        self.notValidAfter = certificate.notValidAfter
    }
}
