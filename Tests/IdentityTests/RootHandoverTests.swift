import Crypto
import Foundation
import Identity
import Testing
import X509

/// Protocol.md section 5.15: who goes by one root learns of the next by its word alone.
@Suite struct RootHandoverTests {
    private let now = Date(timeIntervalSince1970: 1_790_000_000)

    private func roots() throws -> (old: RootAuthority, new: RootAuthority, other: RootAuthority) {
        let old = try RootAuthority(newFederation: "demo", at: now)
        return (
            old,
            try RootAuthority(newFederation: "demo", generation: old.generation + 1, at: now),
            try RootAuthority(newFederation: "demo", at: now)
        )
    }

    @Test func `a root is adopted on the word of a trusted one, once, and becomes the newest`()
        throws
    {
        let (old, new, _) = try roots()
        let handover = try old.handover(to: new, at: now)
        var trusted = TrustedRoots(old.certificate)
        #expect(try trusted.adopt(handover, at: now))
        #expect(try !trusted.adopt(handover, at: now))
        #expect(trusted.certificates == [new.certificate, old.certificate])
        #expect(new.generation == 2 && "\(new.certificate.subject)".hasSuffix("root 2"))
    }

    @Test func `the word of a stranger, or one that has expired, makes no root`() throws {
        let (old, new, other) = try roots()
        var trusted = TrustedRoots(old.certificate)
        let stranger = try other.handover(to: new, at: now)
        #expect(throws: IdentityError.self) { try trusted.adopt(stranger, at: now) }
        let late = now.addingTimeInterval(11 * 365 * 86_400)
        let handover = try old.handover(to: new, at: now)
        #expect(throws: IdentityError.self) { try trusted.adopt(handover, at: late) }
        #expect(throws: IdentityError.self) {
            // What vouches for one root does not vouch for another of the same name.
            try RootHandover(
                root: try RootAuthority(newFederation: "demo", generation: 2, at: now).certificate,
                crossCertificate: handover.crossCertificate
            )
        }
        #expect(trusted.certificates == [old.certificate])
    }

    @Test func `a former root is dropped only where the newest stays`() throws {
        let (old, new, _) = try roots()
        var trusted = TrustedRoots(old.certificate)
        _ = try trusted.adopt(try old.handover(to: new, at: now), at: now)
        let (newest, former) = (trusted.fingerprints[0], trusted.fingerprints[1])
        #expect(trusted.drop(allBut: [former]).isEmpty, "a coordinator cannot take the newest away")
        #expect(trusted.drop(allBut: [newest]) == [former])
        #expect(trusted.certificates == [new.certificate])
    }

    @Test func `a chain under either root is verified during the overlap`() throws {
        let (old, new, other) = try roots()
        var trusted = TrustedRoots(old.certificate)
        _ = try trusted.adopt(try old.handover(to: new, at: now), at: now)
        for (root, isGood) in [(old, true), (new, true), (other, false)] {
            let authority = try CertificateAuthority(
                under: root,
                issuingKey: P256.Signing.PrivateKey(),
                at: now
            )
            let key = P256.Signing.PrivateKey()
            let issued = try authority.issue(
                to: .site("a"),
                try CertificateRequest(pem: try CertificateRequest.pem(for: key)),
                at: now
            )
            let peer = try? Enrolment.verify(
                chainPEM: issued.chainPEM,
                of: key.publicKey,
                roots: trusted
            )
            #expect((peer != nil) == isGood)
        }
    }
}
