import AuditedDatabase
import Foundation
import GRDB
import SiteStore
import TestSupport
import Testing

/// Databases that earlier versions wrote, as `sqlite3 .dump` shows them, opened by this one.
@Suite struct MigrationTests {
    private static func opened(_ schema: String) throws -> (folder: URL, store: SiteStore) {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "site.sqlite")
        let dump = SharedData.repository
            .appending(path: "Tests/SiteStoreTests/Schemas/\(schema).sql")
        let sql = try String(contentsOf: dump, encoding: .utf8)
            .replacing("BEGIN TRANSACTION;", with: "").replacing("COMMIT;", with: "")
        try DatabaseQueue(path: file.path).write { try $0.execute(sql: sql) }
        return (folder, try SiteStore(at: file, clock: TestClock()))
    }

    @Test func `a catalogue before manifests keeps cohorts, files and log, and has no manifest`()
        async throws
    {
        let (folder, store) = try Self.opened("008-split")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try await store.cohorts().map(\.exams) == [4])
        #expect(try await store.exams(ofCohort: 1).count == 1)
        #expect(try await store.exams().count == 1)
        let files = try await store.files()
        #expect(files.count == 3)
        #expect(files.allSatisfy { $0.tool.hasPrefix("fedagent 0.1.0") })
        #expect(files.allSatisfy { $0.profileDigest.isEmpty && $0.inputDigest == nil })
        #expect(try await store.manifests().isEmpty)
        #expect(try await store.seriesRecords().isEmpty)
        let study = try #require(try await store.studies().first)
        #expect(study.files == 2 && study.series == 1 && study.manifestRoot == nil)
        #expect(try await store.auditRecords().count >= 3)
    }

    @Test func `an old catalogue is replaced by the next intake, the frozen cohort stays`()
        async throws
    {
        let (folder, store) = try Self.opened("008-split")
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = IntakeOutcome(
            fingerprint: String(repeating: "a", count: 64),
            files: [],
            exams: [],
            issues: [],
            findings: [FindingRow(kind: "x", studyUID: "2.25.1", patient: "P1", detail: "y")]
        )
        try await store.commit(outcome)
        #expect(try await store.files().isEmpty)
        #expect(try await store.findings().first?.patient == "P1")
        #expect(try await store.latestCohort()?.version == 1)
    }

    @Test func `a second opening of a migrated database changes nothing`() async throws {
        let (folder, store) = try Self.opened("008-split")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try await store.files()
        let again = try SiteStore(at: folder.appending(path: "site.sqlite"), clock: TestClock())
        #expect(try await again.files() == files)
        #expect(try await again.auditSize() == store.auditSize())
    }
}
