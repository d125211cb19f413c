import AuditLog
import AuditedDatabase
import Foundation
import GRDB
import SiteStore
import Testing

@Suite struct SiteStoreTests {
    @Test func `a plan is kept once and answered once`() async throws {
        let fixture = try Fixture()
        for time in [1, 2] {
            try await fixture.store.save(plan: fixture.plan, document: [1, 2], at: Int64(time))
        }
        #expect(try await fixture.store.plan(fixture.plan) == [1, 2])
        #expect(try await fixture.store.planDigests() == [fixture.plan])
        #expect(try await fixture.store.answer(toPlan: fixture.plan) == nil)
        for _ in 0..<2 { try await fixture.store.record(fixture.answer("approved")) }
        let conflict = await #expect(throws: SiteStoreError.self) {
            try await fixture.store.record(fixture.answer("declined"))
        }
        #expect(conflict?.code == .conflict)
        #expect(
            try await fixture.store.answer(toPlan: fixture.plan) == fixture.answer("approved")
        )
        #expect(try await fixture.acts() == [.planReceive, .planApprove])
    }

    @Test func `rounds and metrics come back`() async throws {
        let fixture = try Fixture()
        try await fixture.store.save(plan: fixture.plan, document: [1], at: 1)
        var row = RoundRow(
            run: "run-1",
            number: 1,
            plan: fixture.plan,
            deltaSHA256: fixture.delta,
            examples: 100,
            meanLoss: 0.5,
            seconds: 3
        )
        try await fixture.store.save(row)
        try await fixture.store.recordDelivery(run: "run-1", number: 1, outcome: "accepted")
        row.outcome = "accepted"
        #expect(try await fixture.store.round(run: "run-1", number: 1) == row)
        #expect(try await fixture.store.round(run: "run-1", number: 2) == nil)
        #expect(try await fixture.store.rounds() == [row])
        try await fixture.store.saveMetrics(
            run: "run-1",
            modelSHA256: fixture.delta,
            document: "{}"
        )
        #expect(
            try await fixture.store.metrics(run: "run-1", modelSHA256: fixture.delta) == "{}"
        )
        #expect(
            try await fixture.store.metrics(run: "run-1", modelSHA256: fixture.plan) == nil
        )
        #expect(
            try await fixture.acts() == [
                .planReceive, .trainingFinish, .updateSend, .scoringFinish,
            ]
        )
    }

    @Test func `the egress ledger lists what left in order, each line in the audit log`()
        async throws
    {
        let fixture = try Fixture()
        for kind in ["hello", "put-part"] {
            try await fixture.store.append(fixture.egress(kind))
        }
        let ledger = try await fixture.store.egress()
        #expect(ledger.map(\.number) == [1, 2] && ledger.map(\.kind) == ["hello", "put-part"])
        #expect(ledger.first?.recipient == "[::1]:8443" && ledger.first?.plan == fixture.plan)
        let records = try await fixture.records()
        #expect(records.map(\.entry.act) == [.egressSend, .egressSend])
        #expect(records.last?.entry.object?.id == "put-part/2")
        #expect(records.last?.entry.object?.sha256 == fixture.delta)
    }

    @Test(
        arguments: [
            "UPDATE audit SET leaf = x'00'", "DELETE FROM audit",
            "INSERT INTO audit VALUES (7, x'00', printf('%064d', 0))",
            "UPDATE egress SET bytes = 0", "DELETE FROM egress WHERE number = 1",
        ])
    func `the database refuses to change what was recorded`(sql: String) async throws {
        let fixture = try Fixture()
        try await fixture.store.append(fixture.egress("hello"))
        #expect(throws: DatabaseError.self) { try fixture.outside(sql) }
        #expect(try await fixture.verdict().records == 1)
    }

    @Test func `an altered record is found and named`() async throws {
        let fixture = try Fixture()
        for _ in 0..<3 { try await fixture.store.append(fixture.egress("hello")) }
        try fixture.outside(
            "DROP TRIGGER auditIsNeverChanged; UPDATE audit SET leaf = x'7b7d' WHERE seq = 1"
        )
        #expect(try await fixture.verdict().faults.first == AuditFault(.altered, at: 1))
    }

    @Test func `a database of yesterday is found with the checkpoint of today`() async throws {
        let fixture = try Fixture()
        try await fixture.store.append(fixture.egress("hello"))
        let today = try Checkpoint(origin: fixture.store.auditLog, size: 2, root: .empty)
            .signed(by: Fixture.secret.logSigner(named: fixture.store.auditLog))
        let verdict = try await fixture.verdict(seen: [today])
        #expect(verdict.faults == [AuditFault(.missingTail, at: 1)], "\(verdict.text)")
    }

    @Test func `files are the owner's, commits are synced, a second opening changes nothing`()
        async throws
    {
        let fixture = try Fixture()
        try await fixture.store.append(fixture.egress("hello"))
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) {
            let path = fixture.folder.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600, "\(name)")
        }
        let again = try SiteStore(at: fixture.file)
        #expect(try await again.egress().count == 1)
        #expect(
            try await again.settings() == [
                "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
            ]
        )
    }

    @Test func `what is not a database is refused with advice`() throws {
        let fixture = try Fixture()
        let file = fixture.folder.appending(path: "other.sqlite")
        try Data("this is no database, but long enough to look at".utf8).write(to: file)
        let error = #expect(throws: SiteStoreError.self) { try SiteStore(at: file) }
        #expect(error?.code == .damaged)
    }
}
