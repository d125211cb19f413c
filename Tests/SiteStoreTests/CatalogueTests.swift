import AuditLog
import AuditedDatabase
import Foundation
import GRDB
import SiteStore
import Testing

@Suite struct CatalogueTests {
    private static func file(_ name: String, exam: String? = nil) -> FileRow {
        var row = FileRow(name: name, fingerprint: "1-1", method: "test")
        guard let exam else { return row }
        row.state = .cohort
        (row.patient, row.studyUID, row.seriesUID) = ("P\(exam)", exam, exam + ".1")
        (row.sopInstanceUID, row.sha256) = ("\(exam).\(name)", "aa")
        return row
    }

    private static func outcome(
        _ fixture: Fixture,
        exams: [String],
        held: [FileRow] = []
    ) -> IntakeOutcome {
        IntakeOutcome(
            fingerprint: fixture.plan,
            files: exams.enumerated().map { file("f\($0.offset)", exam: $0.element) } + held,
            exams: exams.map(fixture.exam),
            issues: [JoinIssueRow(source: "labels", reason: "no-exam", place: "row 3")],
            findings: [FindingRow(kind: "uneven-spacing", studyUID: nil, detail: "x")]
        )
    }

    @Test func `the catalogue is replaced as a whole and counted`() async throws {
        let fixture = try Fixture()
        let held = [
            Self.file("h1").quarantined("localizer"), Self.file("h2").quarantined("localizer"),
            Self.file("h3").quarantined("burned-in-text", "1 line"),
        ]
        for exams in [["2.25.3", "2.25.1"], ["2.25.1", "2.25.2"]] {
            try await fixture.store.commit(Self.outcome(fixture, exams: exams, held: held))
        }
        #expect(try await fixture.store.exams().map(\.studyUID) == ["2.25.1", "2.25.2"])
        let counts = try await fixture.store.quarantineCounts()
        #expect(counts.map(\.reason) == ["burned-in-text", "localizer"])
        #expect(counts.map(\.files) == [1, 2])
        #expect(try await fixture.store.fileCounts().map(\.state) == [.cohort, .quarantined])
        #expect(try await fixture.store.fileCounts().map(\.files) == [2, 3])
        #expect(try await fixture.store.joinIssueCounts().map(\.count) == [1])
        #expect(try await fixture.store.findings().map(\.kind) == ["uneven-spacing"])
        #expect(try await fixture.store.lastIntake()?.fingerprint == fixture.plan)
    }

    @Test func `the audit log counts what passed and each reason why files did not`() async throws {
        let fixture = try Fixture()
        try await fixture.store.recordScan([Self.file("f0")], vanished: [])
        try await fixture.store.commit(
            Self.outcome(
                fixture,
                exams: ["2.25.1"],
                held: [Self.file("h1").quarantined("localizer")]
            )
        )
        let records = try await fixture.records()
        #expect(
            records.map(\.entry.act) == [
                .sourceScan, .labelsImport, .instanceImport, .instanceQuarantine, .cohortBuild,
            ]
        )
        #expect(records.map(\.entry.count) == [1, 1, 1, 1, 1])
        #expect(records[3].entry.reason == "localizer")
    }

    @Test func `a catalogue that cannot be stored leaves the old one`() async throws {
        let fixture = try Fixture()
        try await fixture.store.commit(Self.outcome(fixture, exams: ["2.25.1"]))
        let size = try await fixture.store.auditSize()
        await #expect(throws: SiteStoreError.self) {
            try await fixture.store.commit(Self.outcome(fixture, exams: ["2.25.8", "2.25.8"]))
        }
        #expect(try await fixture.store.exams().map(\.studyUID) == ["2.25.1"])
        #expect(try await fixture.store.auditSize() == size)
    }

    @Test func `a file held back has a reason, and no other has one`() async throws {
        let fixture = try Fixture()
        var row = Self.file("f")
        row.reason = "localizer"
        await #expect(throws: SiteStoreError.self) { try await fixture.store.record([row]) }
        (row.state, row.reason) = (.quarantined, nil)
        await #expect(throws: SiteStoreError.self) { try await fixture.store.record([row]) }
        #expect(try await fixture.store.files().isEmpty)
    }

    @Test func `a series shows how far it came and why not further`() async throws {
        let fixture = try Fixture()
        var held = Self.file("h", exam: "2.25.1").quarantined("duplicate-position")
        held.sopInstanceUID = "2.25.9"
        try await fixture.store.commit(
            Self.outcome(fixture, exams: ["2.25.1"], held: [held, Self.file("other")])
        )
        let series = try #require(try await fixture.store.series().first)
        #expect(series.files == 2 && series.cohortFiles == 1 && series.state == "cohort")
        #expect(series.reasons == "duplicate-position" && series.method == "test")
    }
}
