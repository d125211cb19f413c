import AuditLog
import AuditedDatabase
import CanonicalJSON
import Crypto
import DICOM
import Deidentification
import Foundation
import HeadCT
import SiteAgent
import SiteStore
import Testing

/// No study enters a cohort without the signed proof of its de-identification.
@Suite struct CohortAdmissionTests {
    private static func register(_ site: SmallHospital) throws -> CohortRegister {
        CohortRegister(store: try site.store(), folder: site.folder)
    }

    private static func manifest(_ site: SmallHospital, _ study: String) -> URL {
        ManifestFile.url(in: site.folder.exam(study))
    }

    private static func study(_ site: SmallHospital) async throws -> String {
        try #require(try await site.store().exams().first).studyUID
    }

    @Test func `each study has a manifest that lists its copies, signed and in the audit log`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let store = try site.store()
        let rows = try await store.manifests()
        let exams = try await store.exams()
        #expect(rows.map(\.studyUID) == exams.map(\.studyUID))
        let signed = try await store.auditRecords().map(\.entry).filter { $0.act == .manifestSign }
        for (row, exam) in zip(rows, exams) {
            let bytes = [UInt8](try Data(contentsOf: Self.manifest(site, exam.studyUID)))
            let manifest = try #require(ManifestFile.manifest(of: bytes))
            #expect(manifest.isIntact && manifest.manifest.hasOwnRoot)
            #expect(manifest.manifest.root == row.root)
            #expect(signed.contains { $0.new == row.root })
            let record = try ExamRecord(of: exam)
            #expect(record.manifestRoot == row.root)
            #expect(
                Set(record.slices.map(\.sha256))
                    .isSubset(of: manifest.manifest.files.map(\.outputDigest))
            )
            #expect(manifest.manifest.series.reduce(0) { $0 + $1.released } == row.files)
            #expect(!manifest.manifest.actions.isEmpty)
            let text = String(decoding: bytes.dropLast(), as: UTF8.self)
            #expect(try JSONValue(parsingCanonical: Array(text.utf8)).canonicalText == text)
        }
    }

    @Test(arguments: ["missing", "changed", "signed by another key", "of another study"])
    func `a study whose manifest is not the signed one is not frozen, and is done anew`(
        what: String
    ) async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let register = try Self.register(site)
        let study = try await Self.study(site)
        let url = Self.manifest(site, study)
        let whole = [UInt8](try Data(contentsOf: url))
        let manifest = try #require(ManifestFile.manifest(of: whole)).manifest
        switch what {
        case "missing": try FileManager.default.removeItem(at: url)
        case "changed":
            let text = String(decoding: whole, as: UTF8.self)
                .replacing(#""action":"removed""#, with: #""action":"kept""#)
            try Data(text.utf8).write(to: url)
        case "of another study":
            let other = try #require(try await site.store().exams().last).studyUID
            try Data(contentsOf: Self.manifest(site, other)).write(to: url)
        default:
            let foreign = try SignedManifest(manifest, key: P256.Signing.PrivateKey())
            try Data(try ManifestFile.bytes(foreign)).write(to: url)
        }
        let error = await #expect(throws: AgentError.self) { try await register.freeze() }
        #expect(error?.code == .refusedByPolicy)
        #expect(error?.message.contains(study) == true)
        await #expect(throws: AgentError.self) { try await register.current() }
        #expect(try await site.store().cohorts().isEmpty)
        #expect(try await site.intake(), "what has no proof is not done")
        #expect(try Data(contentsOf: url).count == whole.count)
        #expect(try await register.freeze().exams == 6)
    }

    @Test func `a copy that was changed on the disk is not frozen`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let register = try Self.register(site)
        let row = try #require(try await site.store().exams().first)
        let slice = try ExamRecord(of: row).slices[0].sopInstanceUID
        let copy = site.folder.exam(row.studyUID).appending(path: "\(slice).dcm")
        var bytes = try Data(contentsOf: copy)
        bytes[bytes.count - 5] ^= 1
        try bytes.write(to: copy)
        let error = await #expect(throws: AgentError.self) { try await register.freeze() }
        #expect(error?.message.contains("copy-changed") == true)
        #expect(error?.hint?.contains("--again") == true)
        try await site.intake(again: true)
        #expect(try await register.freeze().exams == 6)
    }

    @Test func `a record of the database that was changed does not open the door`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let study = try await Self.study(site)
        let manifest = try #require(
            ManifestFile.manifest(of: [UInt8](Data(contentsOf: Self.manifest(site, study))))
        ).manifest
        let forged = try SignedManifest(manifest, key: P256.Signing.PrivateKey())
        let bytes = try ManifestFile.bytes(forged)
        try Data(bytes).write(to: Self.manifest(site, study))
        // The forger also writes the digest of the forged file into the catalogue.
        let digest = SHA256.hash(data: bytes).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
        try site.outside("UPDATE manifest SET sha256 = '\(digest)' WHERE studyUID = '\(study)'")
        let error = await #expect(throws: AgentError.self) {
            try await Self.register(site).freeze()
        }
        #expect(error?.message.contains("manifest-foreign") == true)
    }

    @Test func `the whole series is done anew when a file of it changes, and no other`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let store = try site.store()
        let (before, series) = (try await store.manifests(), try await store.seriesRecords())
        let path = try #require(try site.axial())
        var set = try site.image(path).dataSet
        try set.set(.seriesDescription, string: "CT HEAD")
        try Data(try DICOMFile.write(dataSet: set)).write(to: site.url(path))
        #expect(try await site.intake())
        let after = try await store.manifests()
        #expect(zip(before, after).count { $0.root != $1.root } == 1)
        let again = try await store.seriesRecords()
        #expect(zip(series, again).count { $0.inputs != $1.inputs } == 1)
        #expect(try await Self.register(site).freeze().exams == 6)
    }

    @Test func `a series waits until its files are at rest`() async throws {
        let site = try await SmallHospital()
        let path = try #require(try site.axial())
        let study = try site.image(path).dataSet.string(.studyInstanceUID)
        try await site.intake(leaving: [site.url(path).path])
        let store = try site.store()
        #expect(try await store.exams().count == 5)
        let waiting = try await store.files().filter { $0.state == .read }
        let slices = try site.paths().count { other in
            let set = try? site.image(other).dataSet
            return set?.string(.studyInstanceUID) == study
                && set?.strings(.imageType).contains("AXIAL") == true
        }
        #expect(waiting.count == slices)
        #expect(try await CohortSummary(of: store, rules: "").text.contains("files wait"))
        try await site.intake(leaving: [])
        #expect(try await store.exams().count == 6)
        #expect(try await !store.files().contains { $0.state == .read })
    }

    @Test func `files written long ago are at rest by themselves`() async throws {
        let site = try await SmallHospital()
        let old = Date(timeIntervalSinceNow: -100_000)
        for path in try site.paths() {
            try FileManager.default.setAttributes(
                [.modificationDate: old],
                ofItemAtPath: site.url(path).path
            )
        }
        try await site.intake(rest: .seconds(3600))
        #expect(try await site.store().exams().count == 6)
    }

    @Test func `every reason of intake and cohort is explained for the report`() {
        let reasons =
            CohortAdmission.Refusal.allCases.map(\.rawValue) + [
                "duplicate-instance", "patient-withdrawn", "unreadable-file", "hidden-file",
                "symbolic-link", "special-file",
                "other-series-of-exam", "other-geometry-in-series", "duplicate-position",
                "inconsistent-orientation", "inconsistent-spacing", "inconsistent-size",
                "invalid-attribute",
            ]
        for reason in reasons { #expect(QuarantineExplanation.exists(for: reason), "\(reason)") }
    }
}
