import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import GRDB
import Testing

@Suite struct AuditTests {
    @Test func `every change has its record and the log is good`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        try await fixture.store.signAudit()
        let verdict = try await fixture.verdict()
        #expect(verdict.outcome == .good, "\(verdict.text)")
        #expect(verdict.signedSize == (try await fixture.store.auditSize()))
        #expect(
            try await fixture.acts() == [
                .inviteCreate, .applicationReceive, .applicationApprove, .siteEnrol,
                .inviteCreate, .applicationReceive, .applicationApprove, .siteEnrol,
                .inviteCreate, .applicationReceive, .applicationApprove, .siteEnrol,
                .planSubmit, .planApprove, .planApprove, .planDecline, .runCreate, .roundOpen,
            ]
        )
    }

    @Test(
        arguments: [
            "UPDATE audit SET leaf = x'00' WHERE seq = 2", "UPDATE audit SET seq = 99",
            "DELETE FROM audit WHERE seq = 3", "DELETE FROM audit",
            "INSERT INTO audit VALUES (99, x'00', printf('%064d', 0))",
        ])
    func `the database refuses to change the audit log`(sql: String) async throws {
        let fixture = try Fixture()
        try await fixture.open()
        #expect(throws: DatabaseError.self) { try fixture.outside(sql) }
        #expect(try await fixture.verdict().faults.isEmpty)
    }

    @Test(
        arguments: [
            (
                "UPDATE audit SET leaf = CAST(leaf || x'20' AS BLOB) WHERE seq = 4",
                AuditFault(.altered, at: 4)
            ),
            ("DELETE FROM audit WHERE seq = 3", AuditFault(.missing, at: 3)),
            ("DELETE FROM audit WHERE seq >= 8", AuditFault(.missingTail, at: 8)),
            (
                """
                UPDATE audit SET seq = -1 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 6;
                UPDATE audit SET seq = 6 WHERE seq = -1
                """, AuditFault(.reordered, at: 5)
            ),
        ])
    func `whoever removes the triggers is still found out`(
        sql: String,
        fault: AuditFault
    ) async throws {
        let fixture = try Fixture()
        try await fixture.open()
        try await fixture.store.signAudit()
        try fixture.outside(
            """
            PRAGMA ignore_check_constraints = ON;
            DROP TRIGGER auditIsNeverChanged; DROP TRIGGER auditIsNeverDeleted; \(sql)
            """
        )
        let verdict = try await fixture.verdict()
        #expect(verdict.faults.first == fault, "\(verdict.text)")
    }

    @Test func `a change that fails leaves neither a row nor a record`() async throws {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        let size = try await fixture.store.auditSize()
        await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.createRun(
                fixture.run,
                plan: fixture.plan,
                sites: [fixture.a]
            )
        }
        #expect(try await fixture.store.auditSize() == size)
        #expect(try await fixture.store.runIDs().isEmpty)
    }

    @Test func `two processes' writers share one log`() async throws {
        let fixture = try Fixture()
        let other = try CoordinatorStore(
            at: fixture.file,
            secret: Fixture.secret,
            clock: TestClock()
        )
        let stores = [fixture.store, other]
        let (names, now) = ((0..<40).map { site("s\($0)") }, fixture.now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, name) in names.enumerated() {
                group.addTask {
                    try await stores[index % 2].createInvite(
                        site: name,
                        name: "x",
                        tokenHash: digest("\(name)").rawValue,
                        expires: now
                    )
                }
            }
            try await group.waitForAll()
        }
        let verdict = try await fixture.verdict()
        #expect(verdict.records == 40 && verdict.faults.isEmpty, "\(verdict.text)")
    }

    @Test func `no error repeats a value that was to be stored`() async throws {
        let fixture = try Fixture()
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.recordApproval(
                fixture.run,
                plan: fixture.plan,
                site: fixture.a,
                decision: "approved",
                decidedBy: "CANARY",
                reason: "CANARY",
                exams: 1,
                positiveExams: nil
            )
        }
        #expect(error?.description.contains("CANARY") == false)
    }
}
