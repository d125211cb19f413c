import DICOM
import Foundation
import HeadCT
import SiteAgent
import SiteStore
import Testing

@Suite struct DataCheckTests {
    private static func findings(_ site: SmallHospital) async throws -> [String: [FindingRow]] {
        Dictionary(grouping: try await site.store().findings(), by: \.kind)
    }

    /// The axial images of one study, by position.
    private static func series(_ site: SmallHospital) throws -> [String] {
        let first = try #require(try site.axial())
        let study = try site.image(first).dataSet.string(.studyInstanceUID)
        return try site.paths().filter { path in
            guard let set = try? site.image(path).dataSet else { return false }
            return set.string(.studyInstanceUID) == study
                && set.strings(.imageType).contains("AXIAL")
        }.sorted { left, right in
            func place(_ path: String) throws -> Double {
                try site.image(path).dataSet.doubles(.imagePositionPatient).last ?? 0
            }
            return (try? place(left) < place(right)) ?? false
        }
    }

    @Test func `a slice missing in the middle is found`() async throws {
        let site = try await SmallHospital()
        let series = try Self.series(site)
        try FileManager.default.removeItem(at: site.url(series[series.count / 2]))
        try await site.intake()
        let found = try await Self.findings(site)["missing-slices"] ?? []
        #expect(found.contains { $0.studyUID != nil && $0.detail.hasPrefix("1 gap") })
    }

    @Test func `labels without study and studies without label are counted`() async throws {
        let site = try await SmallHospital()
        let labels = site.hospital.appending(path: "labels")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: labels.path).first
        )
        let file = labels.appending(path: name)
        var rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let study = rows[1].split(separator: ",")[0]
        rows[1] = Substring(rows[1].replacing(study, with: "1.2.3.4"))
        try Data(rows.joined(separator: "\n").utf8).write(to: file)
        try await site.intake()
        let found = try await Self.findings(site)
        #expect(found["label-without-study"]?.first?.detail == "1 no-exam")
        let unlabelled = try #require(found["study-without-label"])
        #expect(unlabelled.map(\.detail) == ["no-row"])
        #expect(unlabelled[0].patient?.hasPrefix("P") == true)
    }

    @Test func `the same head under two patients is found in both exams`() async throws {
        let site = try await SmallHospital()
        for path in try Self.series(site).prefix(4) {
            let file = try site.image(path)
            var set = file.dataSet
            try set.set(.patientID, string: "OTHER-77")
            for tag in SmallHospital.uids {
                try set.set(tag, string: (set.string(tag) ?? "") + ".9")
            }
            let bytes = try DICOMFile.write(dataSet: set)
            try Data(bytes).write(to: site.images.appending(path: "twin-\(path.hashValue)"))
        }
        try await site.intake()
        let found = try await Self.findings(site)["duplicate-patient"] ?? []
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.detail.contains("slice") })
    }

    @Test func `values that are no Hounsfield units are found`() async throws {
        let site = try await SmallHospital()
        for path in try Self.series(site) {
            var set = try site.image(path).dataSet
            try set.set(.rescaleIntercept, string: "0")
            try Data(try DICOMFile.write(dataSet: set)).write(to: site.url(path))
        }
        try await site.intake()
        #expect(try await Self.findings(site)["hounsfield-range"]?.count == 1)
    }

    @Test func `prevalence that moved away from the frozen cohort's is told`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        _ = try await CohortRegister(store: try site.store(), folder: site.folder).freeze()
        #expect(try await Self.findings(site)["prevalence-shift"] == nil)
        let labels = site.hospital.appending(path: "labels")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: labels.path).first
        )
        let file = labels.appending(path: name)
        let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let header = rows[0].split(separator: ",").map(String.init)
        let changed = rows.dropFirst().map { row in
            var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            for (column, title) in header.enumerated() where cells.indices.contains(column) {
                if ["any", "epidural", "intraparenchymal", "intraventricular", "subarachnoid"]
                    .contains(title) || title == "subdural"
                {
                    cells[column] = "0"
                }
            }
            return cells.joined(separator: ",")
        }
        try Data(([String(rows[0])] + changed).joined(separator: "\n").utf8).write(to: file)
        try await site.intake()
        let found = try await Self.findings(site)
        #expect(found["prevalence-shift"]?.first?.detail.contains("0 of 6") == true)
        #expect(found["label-contradiction"]?.count == site.summary.positiveCount)
    }
}
