import Foundation
import SiteAgent
import SiteStore
import Testing

@Suite struct CohortTests {
    private static func register(_ site: SmallHospital) throws -> CohortRegister {
        CohortRegister(store: try site.store(), folder: site.folder)
    }

    @Test func `before the first freeze the catalogue counts, after it the frozen exams`()
        async throws
    {
        let site = try await SmallHospital()
        let register = try Self.register(site)
        let error = await #expect(throws: AgentError.self) { try await register.current() }
        #expect(error?.hint?.contains("cohort build") == true)
        try await site.intake()
        let draft = try await register.current()
        #expect(draft.version == nil && draft.rows.count == 6)
        let frozen = try await register.freeze()
        #expect(frozen.version == 1 && frozen.fingerprint == draft.fingerprint)
        #expect(try await register.freeze() == frozen)
        #expect(try await register.current().version == 1)
    }

    @Test func `another label or another pixel is another fingerprint`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let register = try Self.register(site)
        let first = try await register.freeze()
        let labels = site.hospital.appending(path: "labels")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: labels.path).first
        )
        let text = try String(contentsOf: labels.appending(path: name), encoding: .utf8)
        let rows = text.split(whereSeparator: \.isNewline)
        try Data(rows.dropLast().joined(separator: "\n").utf8)
            .write(to: labels.appending(path: name))
        try await site.intake()
        let summary = try await CohortSummary(of: try site.store(), rules: "")
        #expect(summary.changedSinceFrozen == 1 && summary.goneSinceFrozen == 1)
        let second = try await register.freeze()
        #expect(second.version == 2 && second.fingerprint != first.fingerprint)
        #expect(second.labelled == 5)
        try Data(text.utf8).write(to: labels.appending(path: name))
        try await site.intake()
        #expect(try await register.freeze().fingerprint == first.fingerprint)
    }

    @Test func `a withdrawn patient leaves, stays away, and the rounds are named`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let (store, register) = (try site.store(), try Self.register(site))
        let frozen = try await register.freeze()
        let digest = String(repeating: "a", count: 64)
        try await store.save(plan: digest, document: [1], at: 1)
        try await store.begin(
            RoundStart(
                run: "run-1",
                number: 1,
                plan: digest,
                modelSHA256: digest,
                milliseconds: 1,
                cohort: frozen.version
            )
        )
        let leaving = try #require(try await store.exams().first)
        let done = try await register.withdraw(patient: leaving.patient)
        #expect(done.exams == 1 && done.cohort?.version == 2)
        #expect(done.rounds.map(\.number) == [1])
        let copies = site.folder.exam(leaving.studyUID).path
        #expect(!FileManager.default.fileExists(atPath: copies))
        #expect(try await register.current().rows.count == 5)
        try await site.intake()
        #expect(try await register.current().version == 2)
        #expect(try await store.exams().count == 5)
        let reasons = try await store.quarantineCounts()
        // Slices that were held back for another reason are held back for this one now.
        let withdrawn = reasons.first { $0.reason == "patient-withdrawn" }?.files ?? 0
        #expect((leaving.slices...leaving.slices + 1).contains(withdrawn))
        #expect(!FileManager.default.fileExists(atPath: copies))
        try await site.intake(again: true)
        #expect(try await store.exams().count == 5)
        #expect(try await store.files().allSatisfy { $0.patient != leaving.patient })
    }

    @Test func `a patient nobody knows is refused`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let register = try Self.register(site)
        let error = await #expect(throws: AgentError.self) {
            try await register.withdraw(patient: "PNOBODY")
        }
        #expect(error?.code == .badInput)
    }
}
