import AuditLog
import AuditedDatabase
import Foundation
import GRDB
import SiteStore
import Testing

@Suite struct ActTests {
    @Test func `founding, enrolment, service and failure each leave their record`() async throws {
        let fixture = try Fixture()
        try await fixture.store.recordFounding(
            profileSHA256: fixture.plan,
            keys: ["deidentification", "site"]
        )
        try await fixture.store.recordEnrolment(
            federation: "demo",
            siteID: "site-a",
            certificateSHA256: fixture.delta
        )
        try await fixture.store.recordService(isRunning: true, version: "0.1.0")
        try await fixture.store.recordFailure(run: "run-1", round: 3, kind: "training-failed")
        try await fixture.store.recordBaseline(run: "run-1", modelSHA256: fixture.delta)
        try await fixture.store.recordService(isRunning: false, version: "0.1.0")
        #expect(
            try await fixture.acts() == [
                .siteCreate, .keyCreate, .keyCreate, .siteEnrol, .processStart, .trainingFail,
                .baselineFinish, .processStop,
            ]
        )
        let failure = try await fixture.records()[5]
        #expect(failure.entry.reason == "training-failed" && failure.entry.outcome != .success)
    }

    @Test func `a changed profile is recorded once, with the one before`() async throws {
        let fixture = try Fixture()
        try await fixture.store.recordFounding(profileSHA256: fixture.plan, keys: [])
        for digest in [fixture.plan, fixture.delta, fixture.delta, fixture.plan] {
            try await fixture.store.noteProfile(sha256: digest)
        }
        let records = try await fixture.records()
        #expect(records.map(\.entry.act) == [.siteCreate, .settingsChange, .settingsChange])
        #expect(records.map(\.entry.old) == [nil, fixture.plan, fixture.delta])
    }

    @Test func `work on a round is recorded from its beginning to its delivery`() async throws {
        let fixture = try Fixture()
        try await fixture.store.save(plan: fixture.plan, document: [1], at: 1)
        let start = RoundStart(
            run: "run-1",
            number: 1,
            plan: fixture.plan,
            modelSHA256: fixture.delta,
            milliseconds: 1
        )
        for _ in 0..<2 { try await fixture.store.begin(start) }
        try await fixture.store.save(fixture.round)
        try await fixture.store.recordDelivery(run: "run-1", number: 1, outcome: "accepted")
        #expect(try await fixture.store.roundStarts() == [start])
        #expect(
            try await fixture.acts() == [
                .planReceive, .modelReceive, .trainingStart, .trainingFinish, .updateSend,
            ]
        )
        #expect(try await fixture.records().last?.entry.new == "accepted")
    }

    @Test func `who decided on a plan is in the record`() async throws {
        for (decidedBy, actor) in [
            (PlanAnswerRow.policy, AuditActor.siteProfile), (PlanAnswerRow.admin, .siteAdmin),
        ] {
            let fixture = try Fixture()
            try await fixture.store.save(plan: fixture.plan, document: [1], at: 1)
            var answer = fixture.answer("approved")
            answer.decidedBy = decidedBy
            try await fixture.store.record(answer)
            #expect(try await fixture.records().last?.entry.actor == actor)
        }
    }

    @Test func `a change whose record cannot be written is not made`() async throws {
        let fixture = try Fixture()
        await #expect(throws: AuditLogError.self) {
            try await fixture.store.save(plan: "free text is no digest", document: [1], at: 1)
        }
        #expect(try await fixture.store.planDigests().isEmpty)
        #expect(try await fixture.store.auditSize() == 0)
        await #expect(throws: AuditLogError.self) {
            try await fixture.store.append(fixture.egress("a kind in words"))
        }
        #expect(try await fixture.store.egress().isEmpty)
    }

    @Test func `a delivery of a round that was never saved is refused`() async throws {
        let fixture = try Fixture()
        let error = await #expect(throws: SiteStoreError.self) {
            try await fixture.store.recordDelivery(run: "run-1", number: 9, outcome: "accepted")
        }
        #expect(error?.code == .wrongState)
        #expect(try await fixture.store.auditSize() == 0)
    }
}
