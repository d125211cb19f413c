import CoordinatorServer
import CoordinatorStore
import Crypto
import Federation
import Foundation
import Identity
import Testing
import WireProtocol
import X509

/// The enrolment port: one token, one site, one certificate.
@Suite struct EnrolmentTests {
    @Test
    func `an applicant waits for approval and then gets its certificate, as often as it asks`()
        async throws
    {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            let key = P256.Signing.PrivateKey()
            let request = try CertificateRequest.pem(for: key)
            let first = try await guest.enrol(token: invite.token, request: request)
            #expect(first.status == 202)
            let pending = try first.decoded(EnrolmentPending.self)
            #expect(pending.party == "fed://test-federation/site/alpha")
            try await federation.approve("alpha")
            let second = try await guest.enrol(token: invite.token, request: request)
            let admitted = try second.decoded(EnrolmentResponse.self)
            #expect(admitted.siteID == "alpha")
            #expect(admitted.servicePort == federation.servicePort)
            let root = try Enrolment.verify(
                rootPEM: admitted.rootCertificate,
                pinnedAs: invite.rootFingerprint
            )
            _ = try Enrolment.verify(
                chainPEM: admitted.certificateChain,
                of: key.publicKey,
                roots: TrustedRoots(root)
            )
            let again = try await guest.enrol(token: invite.token, request: request)
            #expect(
                try again.decoded(EnrolmentResponse.self).certificateChain
                    == admitted.certificateChain
            )
        }
    }

    @Test func `another key with a token that was taken is refused, before and after approval`()
        async throws
    {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            #expect(try await guest.enrol(token: invite.token).status == 202)
            for _ in 0..<2 {
                let thief = try await guest.enrol(token: invite.token)
                #expect(thief.status == 403)
                #expect(thief.code == "enrolment-refused")
                try await federation.approve("alpha")
            }
        }
    }

    @Test func `the two-person rule wants two different operators`() async throws {
        try await TestFederation.serving(approvals: 2) { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            let request = try CertificateRequest.pem(for: P256.Signing.PrivateKey())
            func status() async throws -> Int {
                try await guest.enrol(token: invite.token, request: request).status
            }
            #expect(try await status() == 202)
            #expect(try await federation.approve("alpha", by: "first") == 1)
            #expect(try await federation.approve("alpha", by: "first") == 1)
            #expect(try await status() == 202)
            #expect(try await federation.approve("alpha", by: "second") == 0)
            #expect(try await status() == 200)
        }
    }

    @Test func `a declined applicant is refused`() async throws {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            let request = try CertificateRequest.pem(for: P256.Signing.PrivateKey())
            _ = try await guest.enrol(token: invite.token, request: request)
            try await federation.operations.store.decline(.init(.site, "alpha"), by: "test")
            let answer = try await guest.enrol(token: invite.token, request: request)
            #expect(answer.code == "enrolment-refused")
        }
    }

    @Test(arguments: [-9_007_199_254_740_991, 9_007_199_254_740_991] as [Int64])
    func `no number an applicant sends as its time stops the coordinator`(time: Int64)
        async throws
    {
        try await TestFederation.serving { federation in
            let guest = try federation.guest()
            let message = EnrolmentRequest(
                token: String(repeating: "0", count: 32),
                certificateRequest: try CertificateRequest.pem(for: P256.Signing.PrivateKey()),
                softwareVersion: "test",
                timeMilliseconds: time
            )
            let answer = try await guest.send(.enrol, Endpoint.enrol.template, message)
            #expect(answer.code == "clock-skew")
        }
    }

    @Test func `an applicant whose clock is off by six minutes is told so, with the time`()
        async throws
    {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            var guest = try federation.guest()
            guest.clock = { Date().addingTimeInterval(-360) }
            let answer = try await guest.enrol(token: invite.token)
            #expect(answer.code == "clock-skew")
            let error = try answer.decoded(ErrorResponse.self).error
            let time = Double(try #require(error.timeMilliseconds)) / 1000
            #expect(abs(time - Date().timeIntervalSince1970) < 60)
        }
    }

    @Test func `wrong and expired tokens get the same answer as used ones`() async throws {
        try await TestFederation.serving { federation in
            let day = Double(Invite.lifetimeSeconds)
            let expired = try await federation.invite(
                "alpha",
                at: Date().addingTimeInterval(-day - 1)
            )
            let guest = try federation.guest()
            for token in [expired.token, String(repeating: "0", count: 32)] {
                let answer = try await guest.enrol(token: token)
                #expect(answer.status == 403)
                #expect(answer.code == "enrolment-refused")
            }
        }
    }

    @Test func `a request that is not PKCS10 is malformed and leaves the invite open`()
        async throws
    {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            let answer = try await guest.enrol(token: invite.token, request: "nonsense")
            #expect(answer.status == 400)
            #expect(answer.code == "malformed")
            #expect(try await guest.enrol(token: invite.token).status == 202)
        }
    }

    @Test func `of two keys that take a token at once one wins`() async throws {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            async let left = guest.enrol(token: invite.token)
            async let right = guest.enrol(token: invite.token)
            let statuses = [try await left.status, try await right.status].sorted()
            #expect(statuses == [202, 403])
        }
    }
}

extension TestFederation {
    /// An invite for a new site.
    func invite(_ id: String, at time: Date = Date()) async throws -> Invite {
        try await operations.invite(
            try SiteID(validating: id),
            name: id,
            enrolmentPort: enrolmentPort,
            at: time
        )
    }

    /// Approves an application; how many approvals are missing still.
    @discardableResult
    func approve(_ id: String, by name: String = "test") async throws -> Int {
        guard let applicant = try? await operations.applicant(id, at: Date()) else { return 0 }
        return try await operations.approve(applicant, by: name)
    }

    /// Somebody without a certificate, at the enrolment port.
    func guest() throws -> TestSite {
        TestSite(id: try SiteID(validating: "guest"), http: try client(), port: enrolmentPort)
    }
}

extension TestSite {
    /// Sends an enrolment request, by default with a request for a fresh key.
    func enrol(token: String, request: String? = nil) async throws -> Answer {
        try await send(
            .enrol,
            Endpoint.enrol.template,
            EnrolmentRequest(
                token: token,
                certificateRequest: try request
                    ?? CertificateRequest.pem(for: P256.Signing.PrivateKey()),
                softwareVersion: "test",
                timeMilliseconds: Int64(clock().timeIntervalSince1970 * 1000)
            )
        )
    }
}
