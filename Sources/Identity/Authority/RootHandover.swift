package import Foundation
import SwiftASN1
package import X509

/// A root, and the word of the root before it that it follows: the new root's name and key, certified by
/// the old one (Protocol.md section 5.15; `newWithOld` of RFC 4210 section 4.4).
///
/// As a link in a chain it lets whoever trusts only the old root verify what the new one certifies.
package struct RootHandover: Sendable, Hashable {
    /// The new root, signed by itself.
    package let root: Certificate
    /// The new root's name and key, signed by the old root.
    package let crossCertificate: Certificate

    /// Joins the two certificates.
    ///
    /// - Throws: ``IdentityError`` `invalid-certificate` unless both are authorities of one name and key,
    ///   the first signed by itself.
    package init(root: Certificate, crossCertificate: Certificate) throws(IdentityError) {
        guard root.subject == crossCertificate.subject,
            root.publicKey == crossCertificate.publicKey, root.issuer == root.subject,
            root.publicKey.isValidSignature(root.signature, for: root),
            Self.isAuthority(root), Self.isAuthority(crossCertificate)
        else {
            throw IdentityError(
                .invalidCertificate,
                "the new root and what the old one says of it do not belong together"
            )
        }
        self.root = root
        self.crossCertificate = crossCertificate
    }

    /// Reads both from PEM, as a message carries them.
    package init(rootPEM: String, crossCertificatePEM: String) throws(IdentityError) {
        try self.init(
            root: try CertificateFile.parse(rootPEM)[0],
            crossCertificate: try CertificateFile.parse(crossCertificatePEM)[0]
        )
    }

    /// Reads a file of two certificates, the new root first.
    package init(from url: URL) throws(IdentityError) {
        let certificates = try CertificateFile.read(from: url)
        guard certificates.count == 2 else {
            throw IdentityError(.invalidCertificate, "\(url.path) holds no exchange of the root")
        }
        try self.init(root: certificates[0], crossCertificate: certificates[1])
    }

    /// Writes that file.
    package func write(to url: URL) throws {
        try CertificateFile.write([root, crossCertificate], to: url)
    }

    /// Whether a root certified the new one, and may at a moment.
    package func isVouchedFor(by old: Certificate, at now: Date) -> Bool {
        crossCertificate.issuer == old.subject
            && old.publicKey.isValidSignature(crossCertificate.signature, for: crossCertificate)
            && [old, root, crossCertificate].allSatisfy {
                $0.notValidBefore <= now && now <= $0.notValidAfter
            }
    }

    private static func isAuthority(_ certificate: Certificate) -> Bool {
        if case .isCertificateAuthority? = try? certificate.extensions.basicConstraints {
            true
        } else {
            false
        }
    }
}
