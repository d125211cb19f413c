import Crypto
package import Foundation
import SwiftASN1
package import X509

/// The federation's issuing authority: a root that signs one issuing certificate, which signs coordinator and sites.
///
/// The root's key is needed only to make another issuing certificate; it belongs on offline media.
package struct CertificateAuthority: Sendable {
    /// Lifetimes, in days.
    package enum Lifetime {
        /// Of the root certificate.
        package static let root = 3650
        /// Of the issuing certificate.
        package static let issuing = 1825
        /// Of a site's or the coordinator's certificate.
        package static let leaf = 30
    }

    /// The federation's name.
    package let federation: String
    /// The self-signed root.
    package let root: Certificate
    /// The certificate that signs leaves.
    package let issuing: Certificate
    private let issuingKey: Certificate.PrivateKey

    /// Joins stored certificates with the issuing key.
    package init(
        federation: String,
        root: Certificate,
        issuing: Certificate,
        issuingKey: Certificate.PrivateKey
    ) {
        self.federation = federation
        self.root = root
        self.issuing = issuing
        self.issuingKey = issuingKey
    }

    /// Makes root and issuing certificate for a new federation.
    ///
    /// - Throws: errors of swift-certificates when a name or key cannot be used.
    package init(
        newFederation federation: String,
        rootKey: Certificate.PrivateKey,
        issuingKey: Certificate.PrivateKey,
        at now: Date
    ) throws {
        let rootName = try Self.name("\(federation) root")
        self.federation = federation
        self.issuingKey = issuingKey
        root = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: rootKey.publicKey,
            notValidBefore: Self.start(now),
            notValidAfter: Self.end(now, Lifetime.root),
            issuer: rootName,
            subject: rootName,
            extensions: try Self.authorityExtensions(pathLength: 1),
            issuerPrivateKey: rootKey
        )
        issuing = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: issuingKey.publicKey,
            notValidBefore: Self.start(now),
            notValidAfter: Self.end(now, Lifetime.issuing),
            issuer: rootName,
            subject: try Self.name("\(federation) issuing"),
            extensions: try Self.authorityExtensions(pathLength: 0),
            issuerPrivateKey: rootKey
        )
    }

    /// SHA-256 over the root's SubjectPublicKeyInfo, 64 hexadecimal digits: what an invite pins.
    package var rootFingerprint: String { Self.fingerprint(ofKeyIn: root) }

    /// SHA-256 over a certificate's SubjectPublicKeyInfo, 64 hexadecimal digits.
    package static func fingerprint(ofKeyIn certificate: Certificate) -> String {
        Hexadecimal.encode(
            SHA256.hash(data: Array(certificate.publicKey.subjectPublicKeyInfoBytes))
        )
    }

    /// Issues the coordinator's server certificate for its host names and addresses.
    package func issueCoordinatorCertificate(
        for key: Certificate.PublicKey,
        hosts: [String],
        at now: Date
    ) throws -> Certificate {
        let party = Party(federation: federation, role: .coordinator)
        return try issue(
            for: key,
            party: party,
            usage: .serverAuth,
            alternativeNames: hosts.map(Self.name(ofHost:)),
            at: now
        )
    }

    /// Issues a site's client certificate; only the key of the request is used, never its claims.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-certificate-request` if the request is not signed by its own key.
    package func issueSiteCertificate(
        siteID: String,
        request: CertificateSigningRequest,
        at now: Date
    ) throws -> Certificate {
        guard request.publicKey.isValidSignature(request.signature, for: request),
            P256.Signing.PublicKey(request.publicKey) != nil
        else {
            throw IdentityError(
                .invalidCertificateRequest,
                "the certificate request is not signed by the P-256 key it names"
            )
        }
        let party = Party(federation: federation, role: .site(siteID))
        return try issue(
            for: request.publicKey,
            party: party,
            usage: .clientAuth,
            alternativeNames: [],
            at: now
        )
    }

    private func issue(
        for key: Certificate.PublicKey,
        party: Party,
        usage: ExtendedKeyUsage.Usage,
        alternativeNames: [GeneralName],
        at now: Date
    ) throws -> Certificate {
        let names = [GeneralName.uniformResourceIdentifier(party.uri)] + alternativeNames
        let extensions = try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([usage])
            SubjectAlternativeNames(names)
        }
        return try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: key,
            notValidBefore: Self.start(now),
            notValidAfter: Self.end(now, Lifetime.leaf),
            issuer: issuing.subject,
            subject: try Self.name(party.commonName),
            extensions: extensions,
            issuerPrivateKey: issuingKey
        )
    }

    private static func authorityExtensions(pathLength: Int) throws -> Certificate.Extensions {
        try Certificate.Extensions {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLength))
            Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        }
    }

    private static func name(_ commonName: String) throws -> DistinguishedName {
        try DistinguishedName { CommonName(commonName) }
    }

    private static func name(ofHost host: String) -> GeneralName {
        let parts = host.split(separator: ".").compactMap { UInt8($0) }
        return parts.count == 4
            ? .ipAddress(ASN1OctetString(contentBytes: parts[...])) : .dnsName(host)
    }

    /// Five minutes early, so that a site whose clock lags a little can use it at once.
    private static func start(_ now: Date) -> Date { now.addingTimeInterval(-300) }

    private static func end(_ now: Date, _ days: Int) -> Date {
        now.addingTimeInterval(Double(days) * 86_400)
    }
}

extension Party {
    fileprivate var commonName: String {
        switch role {
        case .coordinator: "coordinator"
        case .site(let id): id
        }
    }
}
