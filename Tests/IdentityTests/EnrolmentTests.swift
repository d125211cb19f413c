import Crypto
import Foundation
import Identity
import SwiftASN1
import Testing
import X509

@Suite struct EnrolmentTests {
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    static func key() -> Certificate.PrivateKey { .init(P256.Signing.PrivateKey()) }

    func authority() throws -> CertificateAuthority {
        try CertificateAuthority(
            newFederation: "demo",
            rootKey: Self.key(),
            issuingKey: Self.key(),
            at: now
        )
    }

    @Test func `an admitted site carries its id and client usage, whatever its request claims`()
        throws
    {
        let authority = try authority()
        let key = Self.key()
        let request = try Enrolment.certificateRequest(for: key)
        let admission = try Enrolment.admit(
            siteID: "site-a",
            requestPEM: request,
            authority: authority,
            at: now
        )
        let leafPEM = try #require(admission.chainPEM.components(separatedBy: "\n-----BEGIN").first)
        let leaf = try Certificate(pemEncoded: leafPEM)
        let peer = try PeerCertificate(der: CertificateFile.der(of: leaf))
        #expect(peer.party == Party(federation: "demo", role: .site("site-a")))
        #expect(peer.fingerprint == admission.fingerprint)
        #expect(leaf.publicKey == key.publicKey)
    }

    @Test func `a request signed by another key than it names is refused`() throws {
        let named = Self.key()
        let signer = Self.key()
        let honest = try CertificateSigningRequest(
            version: .v1,
            subject: DistinguishedName { CommonName("site") },
            privateKey: signer,
            attributes: .init(),
            signatureAlgorithm: .ecdsaWithSHA256
        )
        let forged = try CertificateSigningRequest(
            version: .v1,
            subject: honest.subject,
            publicKey: named.publicKey,
            attributes: .init(),
            signatureAlgorithm: honest.signatureAlgorithm,
            signature: honest.signature
        )
        #expect(throws: IdentityError.self) {
            _ = try Enrolment.admit(
                siteID: "site-a",
                requestPEM: forged.serializeAsPEM().pemString,
                authority: authority(),
                at: now
            )
        }
    }

    @Test func `a root other than the pinned one is refused`() throws {
        let authority = try authority()
        let other = try self.authority()
        let pem = try authority.root.serializeAsPEM().pemString
        try Enrolment.verify(rootPEM: pem, pinnedAs: authority.rootFingerprint)
        #expect(throws: IdentityError.self) {
            try Enrolment.verify(rootPEM: pem, pinnedAs: other.rootFingerprint)
        }
    }

    @Test func `a certificate authority's own certificate names no party`() throws {
        let der = try CertificateFile.der(of: authority().issuing)
        #expect(throws: IdentityError.self) { try PeerCertificate(der: der) }
    }
}
