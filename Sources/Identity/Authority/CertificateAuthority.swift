package import Crypto
package import Foundation
import SwiftASN1
package import X509

/// The federation's issuing authority, which certifies the coordinator, sites and people.
package struct CertificateAuthority: Sendable {
    /// The federation's name.
    package let federation: String
    /// The self-signed root.
    package let root: Certificate
    /// The certificate that signs leaves.
    package let issuing: Certificate
    private let issuingKey: Certificate.PrivateKey

    /// Joins stored certificates with the issuing key.
    ///
    /// - Throws: ``IdentityError`` `invalid-key` if the key is not the issuing certificate's.
    package init(
        federation: String,
        root: Certificate,
        issuing: Certificate,
        issuingKey: P256.Signing.PrivateKey
    ) throws(IdentityError) {
        self.federation = federation
        self.root = root
        self.issuing = issuing
        self.issuingKey = Certificate.PrivateKey(issuingKey)
        guard self.issuingKey.publicKey == issuing.publicKey else {
            throw IdentityError(.invalidKey, "the issuing key is not the key of its certificate")
        }
    }

    /// Lets a root certify an issuing key.
    package init(
        under root: RootAuthority,
        issuingKey: P256.Signing.PrivateKey,
        at now: Date
    ) throws {
        try self.init(
            federation: root.federation,
            root: root.certificate,
            issuing: try root.issuingCertificate(
                for: try CertificateRequest(pem: try CertificateRequest.pem(for: issuingKey)),
                at: now
            ),
            issuingKey: issuingKey
        )
    }

    /// SHA-256 over the root's SubjectPublicKeyInfo, 64 hexadecimal digits: what an invite pins.
    package var rootFingerprint: String { Self.fingerprint(ofKeyIn: root) }

    /// SHA-256 over a certificate's SubjectPublicKeyInfo, 64 hexadecimal digits.
    package static func fingerprint(ofKeyIn certificate: Certificate) -> String {
        Hexadecimal.encode(
            SHA256.hash(data: certificate.publicKey.spki)
        )
    }

    /// The six words of a key that asks for a certificate.
    package func words(of request: CertificateRequest) -> FingerprintWords {
        FingerprintWords(
            rootSPKI: root.publicKey.spki,
            keySPKI: request.spki
        )
    }

    /// Issues the coordinator's server certificate for its host names and addresses.
    package func issueCoordinatorCertificate(
        for key: P256.Signing.PublicKey,
        hosts: [String],
        at now: Date
    ) throws -> IssuedCertificate {
        try issue(
            to: Party(federation: federation, role: .coordinator),
            key: Certificate.PublicKey(key),
            usage: .serverAuth,
            names: hosts.map(Self.name(ofHost:)),
            at: now
        )
    }

    /// Issues a client certificate to a site or a person; of the request only the key is used.
    package func issue(
        to role: Party.Role,
        _ request: CertificateRequest,
        at now: Date
    ) throws -> IssuedCertificate {
        try issue(
            to: Party(federation: federation, role: role),
            key: request.publicKey,
            usage: .clientAuth,
            names: [],
            at: now
        )
    }

    private func issue(
        to party: Party,
        key: Certificate.PublicKey,
        usage: ExtendedKeyUsage.Usage,
        names: [GeneralName],
        at now: Date
    ) throws -> IssuedCertificate {
        let leaf = try CertificateTemplate.leaf(
            party.id,
            key: key,
            usage: usage,
            names: [.uniformResourceIdentifier(party.uri)] + names,
            issuer: issuing.subject,
            issuerKey: issuingKey,
            at: now
        )
        return try IssuedCertificate(leaf: leaf, issuing: issuing)
    }

    private static func name(ofHost host: String) -> GeneralName {
        let parts = host.split(separator: ".").compactMap { UInt8($0) }
        return parts.count == 4
            ? .ipAddress(ASN1OctetString(contentBytes: parts[...])) : .dnsName(host)
    }
}
