import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import Testing

@Suite struct SiteTests {
    @Test func `an invite admits its site once`() async throws {
        let fixture = try Fixture()
        let store = fixture.store
        try await store.createInvite(
            site: fixture.a,
            name: "A",
            tokenHash: fixture.token(fixture.a),
            expires: fixture.now.addingTimeInterval(60)
        )
        #expect(try await store.sites().map(\.status) == ["invited"])
        #expect(try await store.activeSites().isEmpty)
        let invited = try await store.inviteSite(
            tokenHash: fixture.token(fixture.a),
            at: fixture.now
        )
        #expect(invited == fixture.a)
        func redeem() async throws -> Bool {
            try await store.redeemInvite(
                tokenHash: fixture.token(fixture.a),
                fingerprint: fixture.certificate(fixture.a),
                notValidAfter: fixture.now.addingTimeInterval(3600),
                softwareVersion: "1.2",
                at: fixture.now
            )
        }
        #expect(try await redeem())
        #expect(try await !redeem())
        #expect(
            try await store.inviteSite(tokenHash: fixture.token(fixture.a), at: fixture.now)
                == nil
        )
        let row = try #require(try await store.sites().first)
        #expect(row.status == "active" && row.softwareVersion == "1.2")
        #expect(row.fingerprint == fixture.certificate(fixture.a))
        #expect(row.notValidAfterMilliseconds == 1_790_003_600_000)
        #expect(
            try await store.activeSite(fingerprint: fixture.certificate(fixture.a)) == fixture.a
        )
        let acts = try await fixture.acts()
        #expect(acts == [.inviteCreate, .siteEnrol, .inviteRefuse])
    }

    @Test func `an expired, replaced or unknown token admits nobody`() async throws {
        let fixture = try Fixture()
        let store = fixture.store
        try await store.createInvite(
            site: fixture.a,
            name: "A",
            tokenHash: fixture.token(fixture.a),
            expires: fixture.now.addingTimeInterval(60)
        )
        let late = fixture.now.addingTimeInterval(60)
        #expect(
            try await store.inviteSite(tokenHash: fixture.token(fixture.a), at: late) == nil
        )
        #expect(
            try await store.inviteSite(tokenHash: fixture.token(fixture.b), at: fixture.now)
                == nil
        )
        try await store.createInvite(
            site: fixture.a,
            name: "A",
            tokenHash: fixture.token(fixture.c),
            expires: fixture.now.addingTimeInterval(60)
        )
        #expect(
            try await store.inviteSite(tokenHash: fixture.token(fixture.a), at: fixture.now)
                == nil
        )
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
        let admitted = try await fixture.store.redeemInvite(
            tokenHash: second,
            fingerprint: second,
            notValidAfter: fixture.now,
            softwareVersion: "2",
            at: fixture.now
        )
        #expect(admitted)
        let old = fixture.certificate(fixture.a)
        #expect(try await fixture.store.activeSite(fingerprint: old) == nil)
        #expect(try await fixture.store.activeSite(fingerprint: second) == fixture.a)
        #expect(try await fixture.store.sites().map(\.fingerprint) == [second])
    }

    @Test func `a revoked site is out at once and for good`() async throws {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        try await fixture.enrol(fixture.b)
        try await fixture.store.revoke(fixture.a)
        try await fixture.store.revoke(fixture.a)
        #expect(
            try await fixture.store.activeSite(fingerprint: fixture.certificate(fixture.a))
                == nil
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
