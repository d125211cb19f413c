import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import Testing

@Suite struct SiteTests {
    @Test func `an invite admits its site once, after an approval`() async throws {
        let fixture = try Fixture()
        let (store, now) = (fixture.store, fixture.now)
        let token = fixture.token(fixture.a)
        try await store.createInvite(
            site: fixture.a,
            name: "A",
            tokenHash: token,
            expires: now.addingTimeInterval(60)
        )
        #expect(try await store.sites().map(\.status) == ["invited"])
        #expect(try await store.activeSites().isEmpty)
        let holder = CertificateHolder(.site, "a")
        let application = fixture.application(token)
        func apply(_ application: CertificateApplication) async throws
            -> CertificateApplication.Outcome
        {
            try await store.apply(application, approvalsRequired: 1, at: now)
        }
        #expect(try await apply(application) == .pending(holder))
        #expect(try await apply(application) == .pending(holder))
        #expect(try await apply(fixture.application(token, key: "thief")) == .refused)
        try await fixture.admit(
            fixture.a,
            token: token,
            certificate: fixture.certificate(fixture.a)
        )
        #expect(try await apply(application) == .issued(holder, chain: "chain"))
        #expect(try await apply(fixture.application(token, key: "thief")) == .refused)
        let row = try #require(try await store.sites().first)
        #expect(row.status == "active" && row.softwareVersion == "1")
        #expect(row.fingerprint == fixture.certificate(fixture.a))
        #expect(row.notValidAfterMilliseconds == 1_790_003_600_000)
        #expect(try await fixture.standing(fixture.certificate(fixture.a)) == .valid(holder))
        #expect(
            try await fixture.acts() == [
                .inviteCreate, .applicationReceive, .inviteRefuse, .applicationApprove,
                .siteEnrol, .inviteRefuse,
            ]
        )
    }

    @Test func `an expired, replaced or unknown token admits nobody`() async throws {
        let fixture = try Fixture()
        let store = fixture.store
        func invite(_ token: String) async throws {
            try await store.createInvite(
                site: fixture.a,
                name: "A",
                tokenHash: token,
                expires: fixture.now.addingTimeInterval(60)
            )
        }
        let token = fixture.token(fixture.a)
        try await invite(token)
        func outcome(_ token: String, after seconds: Double) async throws
            -> CertificateApplication.Outcome
        {
            try await store.apply(
                fixture.application(token),
                approvalsRequired: 1,
                at: fixture.now.addingTimeInterval(seconds)
            )
        }
        #expect(try await outcome(token, after: 60) == .refused)
        #expect(try await outcome(fixture.token(fixture.b), after: 0) == .refused)
        try await invite(fixture.token(fixture.c))
        #expect(try await outcome(token, after: 0) == .refused)
        // Who has no token cannot make the log grow.
        #expect(try await fixture.acts() == [.inviteCreate, .inviteCreate])
    }

    @Test func `a new enrolment ends the certificate before it`() async throws {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        let second = digest("second").rawValue
        try await fixture.store.createInvite(
            site: fixture.a,
            name: "A",
            tokenHash: second,
            expires: fixture.now.addingTimeInterval(60)
        )
        try await fixture.admit(fixture.a, token: second, certificate: second)
        let holder = CertificateHolder(.site, "a")
        #expect(try await fixture.standing(fixture.certificate(fixture.a)) == .refused)
        #expect(try await fixture.standing(second) == .valid(holder))
        #expect(try await fixture.store.sites().map(\.fingerprint) == [second])
    }

    @Test func `a renewed certificate can be used a day longer, or until its own end`() async throws
    {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        let (old, next) = (fixture.certificate(fixture.a), digest("next").rawValue)
        let key = digest("next-key").rawValue
        try await fixture.store.renew(
            old,
            with: fixture.record(next, key: key),
            overlapEnd: fixture.now.addingTimeInterval(600)
        )
        let holder = CertificateHolder(.site, "a")
        #expect(try await fixture.standing(old, after: 599) == .valid(holder))
        #expect(try await fixture.standing(old, after: 600) == .ended)
        #expect(try await fixture.standing(next, after: 3599) == .valid(holder))
        #expect(try await fixture.standing(next, after: 3600) == .ended)
        #expect(try await fixture.store.renewal(of: old, keySHA256: key)?.fingerprint == next)
        let again = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.renew(
                old,
                with: fixture.record(digest("third").rawValue, key: digest("k").rawValue),
                overlapEnd: fixture.now
            )
        }
        #expect(again?.code == .conflict)
        let sites = try await fixture.store.sites()
        #expect(sites.map(\.fingerprint) == [next], "a site stands in the list once")
    }

    @Test func `an expired certificate is ground to apply anew, a revoked or old one is not`()
        async throws
    {
        let fixture = try Fixture()
        for site in [fixture.a, fixture.b] { try await fixture.enrol(site) }
        try await fixture.store.revoke(fixture.b)
        func outcome(_ site: SiteID, day: Double) async throws
            -> CertificateApplication.Outcome
        {
            let time = fixture.now.addingTimeInterval(day * 86_400)
            return try await fixture.store.apply(
                CertificateApplication(
                    ground: .expired(
                        fingerprint: fixture.certificate(site),
                        notBefore: time.addingTimeInterval(-180 * 86_400)
                    ),
                    keySHA256: digest("new-\(site)").rawValue,
                    request: "request",
                    softwareVersion: "1"
                ),
                approvalsRequired: 1,
                at: time
            )
        }
        #expect(try await outcome(fixture.a, day: 0) == .refused, "it is still valid")
        #expect(try await outcome(fixture.a, day: 181) == .refused)
        #expect(try await outcome(fixture.a, day: 1) == .pending(CertificateHolder(.site, "a")))
        #expect(try await outcome(fixture.b, day: 1) == .refused)
    }

    @Test func `a revoked site is out at once and for good`() async throws {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        try await fixture.enrol(fixture.b)
        try await fixture.store.revoke(fixture.a)
        try await fixture.store.revoke(fixture.a)
        #expect(try await fixture.standing(fixture.certificate(fixture.a)) == .refused)
        #expect(
            try await fixture.store.notStanding(
                among: [fixture.certificate(fixture.a), fixture.certificate(fixture.b)],
                at: fixture.now
            ) == [fixture.certificate(fixture.a)]
        )
        #expect(try await fixture.store.activeSites() == [fixture.b])
        let again = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.enrol(fixture.a)
        }
        #expect(again?.code == .wrongState)
        let unknown = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.revoke(fixture.c)
        }
        #expect(unknown?.code == .notFound)
        #expect(try await fixture.acts().filter { $0 == .siteRevoke }.count == 1)
    }

    @Test func `what a site says about itself is kept as it is`() async throws {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        try await fixture.store.describe(fixture.a, metadata: #"{"examCountBand":"50-99"}"#)
        #expect(
            try await fixture.store.sites().first?.description == #"{"examCountBand":"50-99"}"#
        )
        await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.describe(fixture.b, metadata: "{}")
        }
    }
}

extension Fixture {
    /// The acts of the audit log, oldest first.
    func acts() async throws -> [AuditAct] {
        try await store.auditRecords().map(\.entry.act)
    }
}
