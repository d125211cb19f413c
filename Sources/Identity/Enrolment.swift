import Crypto
package import Foundation
import SwiftASN1
package import X509

/// How a site is admitted: it makes its key, sends a request with its invite's token, and gets a certificate it verifies against the pinned root.
package enum Enrolment {
    /// The certificate request of a site's key, in PEM; the signature is the proof of possession.
    package static func certificateRequest(for key: Certificate.PrivateKey) throws -> String {
        let request = try CertificateSigningRequest(
            version: .v1,
            subject: try DistinguishedName { CommonName("site") },
            privateKey: key,
            attributes: .init(),
            signatureAlgorithm: .ecdsaWithSHA256
        )
        return try request.serializeAsPEM().pemString
    }

    /// What the coordinator answers to a valid token: the chain to present, leaf first, in PEM.
    package struct Admission: Sendable {
        /// Leaf and issuing certificate.
        package let chainPEM: String
        /// SHA-256 of the leaf's DER bytes, by which the coordinator knows the site from now on.
        package let fingerprint: String
        /// The end of the leaf's validity.
        package let notValidAfter: Date
    }

    /// Admits a site: issues its certificate for the key of the request.
    ///
    /// - Throws: ``IdentityError`` when the request cannot be parsed or is not self-signed.
    package static func admit(
        siteID: String,
        requestPEM: String,
        authority: CertificateAuthority,
        at now: Date
    ) throws -> Admission {
        let request: CertificateSigningRequest
        do {
            request = try CertificateSigningRequest(pemEncoded: requestPEM)
        } catch {
            throw IdentityError(
                .invalidCertificateRequest,
                "the certificate request is not PEM PKCS#10"
            )
        }
        let leaf = try authority.issueSiteCertificate(siteID: siteID, request: request, at: now)
        let chain = try [leaf, authority.issuing].map { try $0.serializeAsPEM().pemString }
        let peer = try PeerCertificate(der: CertificateFile.der(of: leaf))
        return Admission(
            chainPEM: chain.joined(separator: "\n"),
            fingerprint: peer.fingerprint,
            notValidAfter: leaf.notValidAfter
        )
    }

    /// Checks at the site that a root is the one its invite pinned.
    ///
    /// - Throws: ``IdentityError`` with code `untrusted-root`, the sign of an interception on the way.
    package static func verify(rootPEM: String, pinnedAs fingerprint: String) throws(IdentityError)
    {
        guard let root = try? Certificate(pemEncoded: rootPEM),
            CertificateAuthority.fingerprint(ofKeyIn: root) == fingerprint
        else {
            throw IdentityError(
                .untrustedRoot,
                "the coordinator's root certificate is not the one of the invite: something on the"
                    + " way answers in its place; tell the operator before you go on"
            )
        }
    }
}
