import Crypto
import Foundation
import Identity
import SwiftASN1
import Testing
import X509

@Suite struct EnrolmentTests {
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    func authority() throws -> CertificateAuthority {
        try CertificateAuthority(
            under: try RootAuthority(newFederation: "demo", at: now),
            issuingKey: P256.Signing.PrivateKey(),
            at: now
        )
    }

    @Test(arguments: [
        Party.Role.site("a"), .person(.researcher, "a"), .person(.auditor, "a"),
        .person(.operator, "a"),
    ])
    func `a certificate carries its role and client usage, whatever its request claims`(
        role: Party.Role
    ) throws {
        let authority = try authority()
        let key = P256.Signing.PrivateKey()
        let request = try CertificateRequest(pem: try CertificateRequest.pem(for: key))
        let issued = try authority.issue(to: role, request, at: now)
        let peer = try Enrolment.verify(
            chainPEM: issued.chainPEM,
            of: key.publicKey,
            roots: TrustedRoots(authority.root)
        )
        #expect(peer.party == Party(federation: "demo", role: role))
        #expect(Party(uri: peer.party.uri) == peer.party)
        #expect(peer.fingerprint == issued.fingerprint)
    }

    @Test func `a chain of another root or of another key is not used`() throws {
        let (authority, other) = (try authority(), try authority())
        let key = P256.Signing.PrivateKey()
        let request = try CertificateRequest(pem: try CertificateRequest.pem(for: key))
        let issued = try authority.issue(to: .site("a"), request, at: now)
        #expect(throws: IdentityError.self) {
            try Enrolment.verify(
                chainPEM: issued.chainPEM,
                of: key.publicKey,
                roots: TrustedRoots(other.root)
            )
        }
        #expect(throws: IdentityError.self) {
            try Enrolment.verify(
                chainPEM: issued.chainPEM,
                of: P256.Signing.PrivateKey().publicKey,
                roots: TrustedRoots(authority.root)
            )
        }
    }

    @Test func `certificates of an earlier issuing key hold beside those of the next`() throws {
        let root = try RootAuthority(newFederation: "demo", at: now)
        for _ in 0..<2 {
            let authority = try CertificateAuthority(
                under: root,
                issuingKey: P256.Signing.PrivateKey(),
                at: now
            )
            let key = P256.Signing.PrivateKey()
            let request = try CertificateRequest(pem: try CertificateRequest.pem(for: key))
            let issued = try authority.issue(to: .site("a"), request, at: now)
            _ = try Enrolment.verify(
                chainPEM: issued.chainPEM,
                of: key.publicKey,
                roots: TrustedRoots(root.certificate)
            )
        }
    }

    @Test func `a request signed by another key than it names is refused`() throws {
        let named = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let signer = Certificate.PrivateKey(P256.Signing.PrivateKey())
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
            _ = try CertificateRequest(pem: forged.serializeAsPEM().pemString)
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
