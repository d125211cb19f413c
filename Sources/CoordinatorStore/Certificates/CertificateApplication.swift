package import Foundation

/// A wish for a certificate, as it arrived (Protocol.md section 5.1).
package struct CertificateApplication: Sendable, Hashable {
    /// What entitles to apply.
    package enum Ground: Sendable, Hashable {
        /// The SHA-256 of an invite's token.
        case invite(tokenHash: String)
        /// The fingerprint of a certificate that has expired, after this moment.
        case expired(fingerprint: String, notBefore: Date)
    }

    /// What entitles to it.
    package let ground: Ground
    /// SHA-256 of the key's SubjectPublicKeyInfo.
    package let keySHA256: String
    /// The PKCS#10 request in PEM.
    package let request: String
    /// The applicant's version.
    package let softwareVersion: String

    /// Makes an application.
    package init(
        ground: Ground,
        keySHA256: String,
        request: String,
        softwareVersion: String
    ) {
        self.ground = ground
        self.keySHA256 = keySHA256
        self.request = request
        self.softwareVersion = softwareVersion
    }

    /// How it stands.
    package enum Outcome: Sendable, Hashable {
        /// There is no ground for it, or it was declined or forgotten.
        case refused
        /// It waits for approval.
        case pending(CertificateHolder)
        /// It is approved, and the certificate can be issued.
        case approved(CertificateHolder, application: Int64)
        /// The certificate was issued: its chain in PEM.
        case issued(CertificateHolder, chain: String)
    }
}
