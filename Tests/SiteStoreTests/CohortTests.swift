import AuditLog
import Foundation
import GRDB
import SiteStore
import Testing

@Suite struct CohortTests {
    private static func exam(_ number: Int, positive: Bool? = nil) -> CohortExam {
        CohortExam(
            studyUID: "2.25.\(number)",
            patient: "P\(number)",
            leaf: String(repeating: "\(number)", count: 64),
            slices: 30,
            positive: positive
        )
    }

    @Test func `the same exams are one version, other exams the next`() async throws {
        let fixture = try Fixture()
        let exams = [Self.exam(1, positive: true), Self.exam(2, positive: false)]
        let first = try await fixture.store.freeze(exams, fingerprint: fixture.plan)
        #expect(first.version == 1 && first.exams == 2 && first.slices == 60)
        #expect(first.labelled == 2 && first.positives == 1 && first.cause == .freeze)
        #expect(try await fixture.store.freeze(exams, fingerprint: fixture.plan) == first)
        let next = try await fixture.store.freeze(
            exams + [Self.exam(3)],
            fingerprint: fixture.delta
        )
        #expect(next.version == 2 && next.labelled == 2)
        #expect(try await fixture.store.cohorts() == [first, next])
        #expect(try await fixture.store.exams(ofCohort: 1) == exams)
        #expect(try await fixture.acts() == [.cohortFreeze, .cohortFreeze])
        #expect(try await fixture.records().last?.entry.old == fixture.plan)
    }

    @Test(
        arguments: [
            "UPDATE cohort SET exams = 9", "DELETE FROM cohortExam",
            "UPDATE cohortExam SET patient = 'x'", "DELETE FROM cohort",
        ])
    func `a frozen cohort cannot be changed`(sql: String) async throws {
        let fixture = try Fixture()
        _ = try await fixture.store.freeze([Self.exam(1)], fingerprint: fixture.plan)
        #expect(throws: DatabaseError.self) { try fixture.outside(sql) }
    }

    @Test func `a withdrawal makes a version and names the rounds before it`() async throws {
        let fixture = try Fixture()
        try await fixture.store.save(plan: fixture.plan, document: [1], at: 1)
        let exams = [Self.exam(1), Self.exam(2)]
        _ = try await fixture.store.freeze([exams[1]], fingerprint: fixture.plan)
        _ = try await fixture.store.freeze(exams, fingerprint: fixture.delta)
        for (round, cohort) in [(1, 1), (2, 2), (3, 2)] {
            try await fixture.store.begin(
                RoundStart(
                    run: "run-1",
                    number: round,
                    plan: fixture.plan,
                    modelSHA256: fixture.delta,
                    milliseconds: 1,
                    cohort: cohort
                )
            )
        }
        #expect(try await fixture.store.rounds(using: "P1").map(\.number) == [2, 3])
        #expect(try await fixture.store.rounds(using: "P2").map(\.number) == [1, 2, 3])
        let row = try await fixture.store.withdraw(
            patient: "P1",
            remaining: ([exams[1]], fixture.plan)
        )
        #expect(row?.version == 3 && row?.cause == .withdrawal && row?.exams == 1)
        #expect(try await fixture.store.withdrawnPatients() == ["P1"])
        #expect(try await fixture.store.rounds(using: "P1").map(\.number) == [2, 3])
        let again = try await fixture.store.withdraw(patient: "P1", remaining: nil)
        #expect(again == nil)
        #expect(try await fixture.acts().suffix(2) == [.cohortWithdraw, .cohortFreeze])
    }
}
