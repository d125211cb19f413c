package import Crypto
package import Foundation
package import X509

/// The federation's root with its key: needed to make an issuing certificate, and else kept offline.
package struct RootAuthority: Sendable {
    /// The federation's name.
    package let federation: String
    /// The self-signed root.
    package let certificate: Certificate
    private let key: Certificate.PrivateKey

    /// Makes the root of a new federation, or with a generation from 2 on one that follows another.
    package init(
        newFederation federation: String,
        key: P256.Signing.PrivateKey = .init(),
        generation: Int = 1,
        at now: Date
    ) throws {
        let number = generation > 1 ? " \(generation)" : ""
        let name = try CertificateTemplate.name("\(federation) root\(number)")
        self.federation = federation
        self.key = Certificate.PrivateKey(key)
        certificate = try CertificateTemplate.authority(
            name,
            key: self.key.publicKey,
            days: CertificateLifetime.rootDays,
            // Room for a later root that this one certifies.
            pathLength: 2,
            issuer: name,
            issuerKey: self.key,
            at: now
        )
    }

    /// Joins a stored root with its key.
    ///
    /// - Throws: ``IdentityError`` `invalid-key` if the key is not the certificate's.
    package init(
        federation: String,
        certificate: Certificate,
        key: P256.Signing.PrivateKey
    ) throws(IdentityError) {
        self.federation = federation
        self.certificate = certificate
        self.key = Certificate.PrivateKey(key)
        guard self.key.publicKey == certificate.publicKey else {
            throw IdentityError(.invalidKey, "the root's key is not the key of its certificate")
        }
    }

    /// How many roots the federation has had with this one, as its name says.
    package var generation: Int {
        let words = "\(certificate.subject)".split(separator: " ")
        return words.last.flatMap { Int($0) } ?? 1
    }

    /// Vouches for the root that is to follow; the cross certificate ends when this root does.
    package func handover(to next: RootAuthority, at now: Date) throws -> RootHandover {
        let left = certificate.notValidAfter.timeIntervalSince(now) / 86_400
        return try RootHandover(
            root: next.certificate,
            crossCertificate: try CertificateTemplate.authority(
                next.certificate.subject,
                key: next.certificate.publicKey,
                days: max(1, Int(left)),
                pathLength: 1,
                issuer: certificate.subject,
                issuerKey: key,
                at: now
            )
        )
    }

    /// Certifies an issuing key; earlier issuing certificates stay valid beside the new one.
    package func issuingCertificate(
        for request: CertificateRequest,
        at now: Date
    ) throws -> Certificate {
        try CertificateTemplate.authority(
            try CertificateTemplate.name("\(federation) issuing"),
            key: request.publicKey,
            days: CertificateLifetime.issuingDays,
            pathLength: 0,
            issuer: certificate.subject,
            issuerKey: self.key,
            at: now
        )
    }
}
