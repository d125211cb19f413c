import CanonicalJSON
import DICOM
import Deidentification
import Foundation
import HeadCT
import SiteAgent
import SiteStore
import Testing

/// A frozen cohort is trained on as it was frozen, whatever program, rules and source become.
@Suite struct UpgradeTests {
    private static func register(_ site: SmallHospital) throws -> CohortRegister {
        CohortRegister(store: try site.store(), folder: site.folder)
    }

    private static func load(_ site: SmallHospital, _ rows: [ExamRow]) throws -> Int {
        try CohortLoader(
            folder: site.folder,
            contract: PreprocessingContract(
                sliceSpacingMM: 10,
                pixelSpacingMM: 8,
                gridSize: 32,
                slabDepth: 3,
                windows: [.brain]
            )
        ).load(rows).count
    }

    /// Makes the catalogue look as if other rules had made its copies.
    private static func age(_ site: SmallHospital) throws {
        try site.outside("UPDATE file SET profileDigest = 'older'")
        try site.outside("UPDATE intake SET fingerprint = 'older'")
    }

    private static func rules(_ site: SmallHospital) throws -> String {
        try SiteProfile.read(from: site.folder.profile).deidentificationRules().digest
    }

    @Test func `a newer program leaves what was verified as it is, and the cohort trainable`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake(version: "0.1.0")
        let (store, register) = (try site.store(), try Self.register(site))
        let frozen = try await register.freeze()
        let (copies, manifests) = (try await store.files(), try await store.manifests())
        #expect(try await site.intake(version: "0.2.0"))
        #expect(try await store.files().filter(\.isVerified) == copies.filter(\.isVerified))
        #expect(try await store.manifests() == manifests)
        #expect(try await register.freeze() == frozen)
        let summary = try await CohortSummary(of: store, rules: try Self.rules(site))
        #expect(summary.seriesOfEarlierRules == 0)
        #expect(try await !site.intake(version: "0.2.0"))
    }

    @Test func `newer rules are told of, applied when asked, and the frozen cohort stays`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake(version: "0.1.0")
        let (store, register) = (try site.store(), try Self.register(site))
        let frozen = try await register.freeze()
        let before = try await register.current().rows
        try Self.age(site)
        try await site.intake(version: "0.2.0")
        #expect(try await register.freeze() == frozen)
        let summary = try await CohortSummary(of: store, rules: try Self.rules(site))
        #expect(summary.seriesOfEarlierRules == 6 && summary.earlierTools == ["fedagent 0.1.0"])
        #expect(summary.text.contains("fedagent intake --renew"))
        try await site.intake(renewing: true, version: "0.2.0")
        #expect(try await store.files().filter(\.isVerified).allSatisfy { $0.tool.contains("0.2") })
        #expect(
            try await CohortSummary(of: store, rules: try Self.rules(site)).seriesOfEarlierRules
                == 0
        )
        #expect(try await !site.intake(renewing: true, version: "0.2.0"), "it was done already")
        // The copies name another version of the program, so they are other copies.
        let current = try await register.current()
        #expect(current.version == 1 && current.rows == before)
        #expect(try Self.load(site, current.rows) == 6)
        #expect(try await register.freeze().version == 2)
        #expect(try Self.load(site, try await register.current().rows) == 6)
    }

    @Test func `a study that gets a file is done by one set of rules`() async throws {
        let site = try await SmallHospital()
        try await site.intake(version: "0.1.0")
        try Self.age(site)
        let path = try #require(try site.axial())
        var set = try site.image(path).dataSet
        let study = set.string(.studyInstanceUID)
        for tag in [SmallHospital.uids[0], SmallHospital.uids[1]] {
            try set.set(tag, string: (set.string(tag) ?? "") + ".1")
        }
        try Data(try DICOMFile.write(dataSet: set)).write(to: site.images.appending(path: "new"))
        try await site.intake(version: "0.2.0")
        let rows = try await site.store().files().filter(\.isVerified)
        let touched = Dictionary(grouping: rows, by: \.studyUID).filter {
            $0.value.contains { $0.profileDigest != "older" }
        }
        #expect(study != nil && touched.count == 1)
        #expect(touched.values.joined().allSatisfy { $0.profileDigest != "older" })
        #expect(try await Self.register(site).freeze().exams == 6)
    }

    @Test func `a program older than the one that worked here is refused in words`() async throws {
        let site = try await SmallHospital()
        try await site.intake(version: "0.10.0")
        let register = try Self.register(site)
        _ = try await register.freeze()
        let error = await #expect(throws: AgentError.self) {
            try await site.intake(version: "0.9.1")
        }
        #expect(error?.code == .refusedByPolicy)
        #expect(error?.message.contains("fedagent 0.10.0") == true)
        #expect(error?.message.contains("fedagent 0.9.1") == true)
        #expect(try await register.current().rows.count == 6)
    }

    @Test func `a database of a newer program is refused in words`() async throws {
        let site = try await SmallHospital()
        try site.outside("INSERT INTO grdb_migrations VALUES ('999-of-tomorrow')")
        let error = #expect(throws: SiteStoreError.self) { try site.store() }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("newer version") == true)
    }

    @Test func `source and catalogue may change or go; the frozen exams are kept until the next`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let (store, register) = (try site.store(), try Self.register(site))
        _ = try await register.freeze()
        let rows = try await register.current().rows
        for folder in try Set(site.paths().compactMap { $0.split(separator: "/").first }).sorted()
            .prefix(2)
        {
            try FileManager.default.removeItem(at: site.url(String(folder)))
        }
        try await site.intake()
        #expect(try await store.exams().count == 4)
        #expect(try await register.current().rows == rows)
        #expect(try Self.load(site, rows) == 6)
        #expect(try await register.freeze().exams == 4)
        try await site.intake(again: true)
        #expect(try await register.current().rows.count == 4)
        #expect(throws: AgentError.self) { try Self.load(site, rows) }
    }

    @Test func `a cohort frozen by a program that kept nothing is kept before a copy changes`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake(version: "0.1.0")
        let register = try Self.register(site)
        _ = try await register.freeze()
        let rows = try await register.current().rows
        try FileManager.default.removeItem(at: site.folder.frozen)
        #expect(try await register.current().rows == rows)
        try Self.age(site)
        try await site.intake(renewing: true, version: "0.2.0")
        #expect(try await register.current().rows == rows)
        #expect(try Self.load(site, rows) == 6)
    }

    @Test func `nothing of a withdrawn patient is kept`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let register = try Self.register(site)
        _ = try await register.freeze()
        let leaving = try #require(try await register.current().rows.first)
        _ = try await register.withdraw(patient: leaving.patient)
        let kept = FileManager.default.enumerator(atPath: site.folder.frozen.path)
        let names = Set((kept?.compactMap { $0 as? String } ?? []).map { $0.suffix(64) })
        #expect(!names.isEmpty)
        for slice in try ExamRecord(of: leaving).slices {
            #expect(!names.contains(slice.sha256.suffix(64)))
        }
        #expect(try Self.load(site, try await register.current().rows) == 5)
    }

    @Test func `the leaf of an exam is the same in every version of the program`() throws {
        let row = ExamRow(
            studyUID: "2.25.1",
            patient: "P1",
            seriesUID: "2.25.2",
            manufacturer: "ACME",
            model: "Scan 1",
            thicknessMM: 2.5,
            slices: 1,
            record: "{}"
        )
        // Another leaf takes every frozen cohort away from the sites that upgrade.
        let bytes = try CanonicalEncoder().encode(row)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"manufacturer":"ACME","model":"Scan 1","patient":"P1","record":"{}","#
                + #""seriesUID":"2.25.2","slices":1,"studyUID":"2.25.1","thicknessMM":2.5}"#
        )
    }
}
