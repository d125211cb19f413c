import DICOM
import Foundation
import HeadCT
import SiteStore

/// What the volume of an exam says about itself: the order of its slices, scanner, and oddities.
struct ExamGeometry {
    /// New SOP Instance UIDs, ascending along the normal.
    let order: [String]
    /// (0008,0070).
    let manufacturer: String
    /// (0008,1090).
    let model: String
    /// The median thickness.
    let thicknessMM: Double
    /// What the data checks say.
    private let checks: [(check: DataCheck, detail: String)]

    /// Reads the slices of one series.
    ///
    /// - Throws: `HeadCTError` if they make no volume.
    init(reading files: [URL]) throws {
        var header = DataSet()
        let volume = try CTVolume(
            slices: try files.map { file in
                let dicom = try DICOMFile(reading: [UInt8](try Data(contentsOf: file)))
                header = dicom.dataSet
                return try CTSlice(dicom.dataSet, frame: try PixelDecoder.decode(dicom))
            }
        )
        order = volume.slices.map(\.sopInstanceUID)
        manufacturer = header.string(.manufacturer) ?? "unknown"
        model = header.string(.manufacturerModelName) ?? "unknown"
        thicknessMM = volume.thicknessMM
        checks = DataChecks.of(volume)
    }

    /// What is known from an intake before.
    init(_ row: ExamRow, _ record: ExamRecord, _ findings: [FindingRow]) {
        order = record.slices.map(\.sopInstanceUID)
        manufacturer = row.manufacturer
        model = row.model
        thicknessMM = row.thicknessMM
        checks = findings.compactMap { finding in
            DataCheck(rawValue: finding.kind).map { ($0, finding.detail) }
        }
    }

    /// The checks' findings, as rows of an exam.
    func findings(of exam: ExamRow) -> [FindingRow] {
        checks.map { FindingRow($0.check, of: exam, $0.detail) }
    }
}

extension FindingRow {
    /// A finding about an exam.
    init(_ check: DataCheck, of exam: ExamRow, _ detail: String) {
        self.init(
            kind: check.rawValue,
            studyUID: exam.studyUID,
            patient: exam.patient,
            detail: detail
        )
    }
}
