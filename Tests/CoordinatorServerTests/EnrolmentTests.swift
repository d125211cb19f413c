import CoordinatorServer
import Crypto
import Federation
import Foundation
import Identity
import Testing
import WireProtocol
import X509

/// The enrolment port: one token, one site, one certificate.
@Suite struct EnrolmentTests {
    @Test func `an invite is redeemed once`() async throws {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            let first = try await guest.enrol(token: invite.token)
            let admitted = try first.decoded(EnrolmentResponse.self)
            #expect(admitted.siteID == "alpha")
            #expect(admitted.servicePort == federation.servicePort)
            try Enrolment.verify(
                rootPEM: admitted.rootCertificate,
                pinnedAs: invite.rootFingerprint
            )
            let second = try await guest.enrol(token: invite.token)
            #expect(second.status == 403)
            #expect(second.code == "enrolment-refused")
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
            #expect(try await guest.enrol(token: invite.token).status == 200)
        }
    }

    @Test func `of two redemptions at once one wins`() async throws {
        try await TestFederation.serving { federation in
            let invite = try await federation.invite("alpha")
            let guest = try federation.guest()
            async let left = guest.enrol(token: invite.token)
            async let right = guest.enrol(token: invite.token)
            let statuses = [try await left.status, try await right.status].sorted()
            #expect(statuses == [200, 403])
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

    /// Somebody without a certificate, at the enrolment port.
    func guest() throws -> TestSite {
        TestSite(id: try SiteID(validating: "guest"), http: try client(), port: enrolmentPort)
    }
}

extension TestSite {
    /// Sends an enrolment request, by default with a request for a fresh key.
    func enrol(token: String, request: String? = nil) async throws -> Answer {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        return try await send(
            .enrol,
            Endpoint.enrol.template,
            EnrolmentRequest(
                token: token,
                certificateRequest: try request ?? Enrolment.certificateRequest(for: key),
                softwareVersion: "test"
            )
        )
    }
}
