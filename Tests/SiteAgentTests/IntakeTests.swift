import AuditLog
import AuditedDatabase
import DICOM
import Foundation
import HeadCT
import SiteAgent
import SiteStore
import Synchronization
import Testing

@Suite struct IntakeTests {
    @Test func `every file is accounted for exactly once`() async throws {
        let site = try await SmallHospital()
        #expect(try await site.intake())
        let store = try site.store()
        let files = try await store.files()
        #expect(files.count == (try site.paths().count))
        #expect(Set(files.map(\.name)).count == files.count)
        let accepted = files.filter { $0.state == .cohort }
        let counts = try await store.quarantineCounts()
        #expect(counts.map(\.reason) == ["burned-in-text", "localizer", "secondary-capture"])
        // One slice has text over the head; a clean one in a hundred may be held back too.
        let text = try #require(counts.first).files
        #expect((1...2).contains(text))
        #expect(counts.dropFirst().map(\.files) == [1, 1])
        #expect(accepted.count == site.summary.sliceCount - text)
        let exams = try await store.exams()
        #expect(accepted.count == exams.reduce(0) { $0 + $1.slices })
        #expect(files.count == accepted.count + counts.reduce(0) { $0 + $1.files })
    }

    @Test func `labels and masks are joined before identifiers are replaced`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let summary = try await CohortSummary(of: try site.store(), rules: "")
        #expect(summary.exams == 6 && summary.labelled == 6)
        #expect(summary.positives == site.summary.positiveCount)
        #expect(summary.masked > 0)
        #expect(summary.findings.allSatisfy { $0.kind == "missing-slices" })
        for row in try await site.store().exams() {
            let record = try ExamRecord(of: row)
            guard record.labels?.values[.any] == true else { continue }
            for slice in record.slices {
                #expect(slice.maskSHA256 != nil)
                let mask = site.folder.exam(row.studyUID)
                    .appending(path: "\(slice.sopInstanceUID).png")
                #expect(try MaskImage(png: [UInt8](Data(contentsOf: mask))).rows == 96)
            }
        }
    }

    @Test func `no original identifier is in what the site stores`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        var needles: Set<String> = []
        for path in try site.paths() {
            let set = try site.image(path).dataSet
            needles.formUnion(SmallHospital.identifying.compactMap { set.string($0) })
            needles.formUnion(
                (set.string(.patientName) ?? "").split(separator: "^").map(String.init)
            )
        }
        needles = needles.filter { $0.count >= 6 }
        #expect(needles.count > 50)
        let bytes = ["site.sqlite", "site.sqlite-wal"].compactMap { name in
            try? Data(contentsOf: site.folder.root.appending(path: name))
        }.reduce(Data(), +)
        #expect(bytes.count > 10_000)
        for needle in needles { #expect(bytes.range(of: Data(needle.utf8)) == nil) }
    }

    @Test func `an intake with nothing changed does nothing`() async throws {
        let site = try await SmallHospital()
        #expect(try await site.intake())
        let store = try site.store()
        let (size, rows) = (try await store.auditSize(), try await store.files())
        #expect(try await !site.intake())
        #expect(try await store.auditSize() == size)
        #expect(try await store.files() == rows)
    }

    @Test func `the audit log has the counts of the run`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let records = try await site.store().auditRecords().map(\.entry)
        #expect(records.first?.act == .siteCreate)
        #expect(records.first { $0.act == .sourceScan }?.count == (try site.paths().count))
        let last = try #require(records.last { $0.act == .instanceImport })
        let accepted = try await site.store().files().filter { $0.state == .cohort }.count
        #expect(last.count == accepted)
        #expect(records.last?.act == .cohortBuild && records.last?.count == 6)
        #expect(Set(records.compactMap(\.reason)).contains("burned-in-text"))
    }

    @Test func `a half-written file is held back and taken once it is whole`() async throws {
        let site = try await SmallHospital()
        let path = try #require(try site.axial())
        let whole = try Data(contentsOf: site.url(path))
        try whole.prefix(whole.count / 2).write(to: site.url(path))
        try await site.intake()
        let store = try site.store()
        let before = try await store.files().count { $0.state == .cohort }
        let counts = try await store.quarantineCounts()
        #expect(counts.contains { ["unreadable", "invalid-pixel-data"].contains($0.reason) })
        try whole.write(to: site.url(path))
        #expect(try await site.intake())
        #expect(try await store.files().count { $0.state == .cohort } == before + 1)
        #expect(try await store.files().count == (try site.paths().count))
    }

    @Test func `a copy of a file is held back, and taken when the first is gone`() async throws {
        let site = try await SmallHospital()
        let path = try #require(try site.axial())
        try await site.intake()
        let store = try site.store()
        let exams = try await store.exams()
        let copy = site.images.appending(path: "zz-copy")
        try FileManager.default.copyItem(at: site.url(path), to: copy)
        try await site.intake()
        #expect(try await store.quarantineCounts().contains { $0.reason == "duplicate-instance" })
        #expect(try await store.exams() == exams)
        try FileManager.default.removeItem(at: site.url(path))
        try await site.intake()
        #expect(try await !store.quarantineCounts().contains { $0.reason == "duplicate-instance" })
        #expect(try await store.exams() == exams)
    }

    @Test func `an interrupted intake goes on and ends like an undisturbed one`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let store = try site.store()
        let (exams, files) = (try await store.exams(), try await store.files())
        try FileManager.default.removeItem(at: site.folder.database)
        for end in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: site.folder.database.path + end)
        }
        let task = Mutex<Task<Void, any Error>?>(nil)
        let hospital = UncheckedHospital(site)
        let running = Task {
            try await hospital.site.intake { event in
                if case .intake(let done, _, _, _) = event, done == 20 {
                    task.withLock { $0?.cancel() }
                }
            }
            return
        }
        task.withLock { $0 = running }
        _ = await running.result
        try await site.intake()
        #expect(try await site.store().exams() == exams)
        #expect(try await site.store().files() == files)
    }

    @Test func `exams keep their place in the split when others come`() async throws {
        let site = try await SmallHospital()
        let hidden = site.root.appending(path: "later")
        let first = try #require(try site.paths().first?.split(separator: "/").first)
        try FileManager.default.moveItem(at: site.url(String(first)), to: hidden)
        try await site.intake()
        func split() async throws -> [String: Split] {
            try await Dictionary(
                uniqueKeysWithValues: site.store().exams().map { row in
                    let split = SplitRule.split(
                        patientPseudonym: row.patient,
                        seed: 1,
                        testFraction: 0.4
                    )
                    return (row.studyUID, split)
                }
            )
        }
        let before = try await split()
        try FileManager.default.moveItem(at: hidden, to: site.url(String(first)))
        try await site.intake()
        let after = try await split()
        #expect(before.count == 5 && after.count == 6)
        for (study, side) in before { #expect(after[study] == side) }
    }

    @Test func `a patient's files that vanish leave the catalogue and the disk`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let first = try #require(try site.paths().first?.split(separator: "/").first)
        try FileManager.default.removeItem(at: site.url(String(first)))
        try await site.intake()
        let exams = try await site.store().exams()
        #expect(exams.count == 5)
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: site.folder.deidentified.path
        )
        #expect(Set(folders) == Set(exams.map(\.studyUID)))
    }

    @Test func `a damaged copy is noticed, and restored with the same bytes`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let rows = try await site.store().exams()
        let loader = try CohortLoader(
            folder: site.folder,
            contract: PreprocessingContract(
                sliceSpacingMM: 10,
                pixelSpacingMM: 8,
                gridSize: 32,
                slabDepth: 3,
                windows: [.brain]
            )
        )
        #expect(try loader.load(rows).count == 6)
        let slice = try ExamRecord(of: rows[0]).slices[0]
        let copy = site.folder.exam(rows[0].studyUID)
            .appending(path: "\(slice.sopInstanceUID).dcm")
        var bytes = try Data(contentsOf: copy)
        bytes[bytes.count - 5] ^= 1
        try bytes.write(to: copy)
        let error = #expect(throws: AgentError.self) { try loader.load(rows) }
        #expect(error?.message.contains(rows[0].studyUID) == true)
        #expect(error?.hint?.contains("--again") == true)
        try await site.intake(again: true)
        #expect(try await site.store().exams() == rows)
        #expect(try loader.load(rows).count == 6)
    }
}

/// The tests' hospital across one task boundary.
// SAFETY: one task at a time uses it; the test waits for the other to end.
private struct UncheckedHospital: @unchecked Sendable {
    let site: SmallHospital

    init(_ site: SmallHospital) { self.site = site }
}
