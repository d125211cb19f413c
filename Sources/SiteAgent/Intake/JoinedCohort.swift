import CanonicalJSON
import DICOM
import Foundation
import HeadCT
import SiteStore

/// Joins labels and masks to accepted slices, chooses one series an exam, and checks its geometry.
struct JoinedCohort {
    private let intake: Intake
    private let profile: SiteProfile
    private let staging: URL
    private let quarantineName: (String) -> String
    private let exams: [ExamIdentity]

    /// The catalogue's rows.
    struct Result {
        var rows: [ExamRow] = []
        var quarantine: [QuarantineRow]
        var issues: [JoinIssueRow] = []
    }

    init(
        intake: Intake,
        profile: SiteProfile,
        staging: URL,
        quarantineName: @escaping (String) -> String
    ) {
        self.intake = intake
        self.profile = profile
        self.staging = staging
        self.quarantineName = quarantineName
        exams = ExamIdentity.exams(of: intake.headers)
    }

    func build() throws -> Result {
        var result = Result(quarantine: intake.quarantine)
        let table = try profile.labels.map {
            try LabelTable.read(format: $0.format, at: URL(filePath: $0.path))
        }
        let join = table?.join(with: exams)
        result.issues += issues(of: table, join)
        let masks = try maskCatalogue(patientIDs: table?.patientIDs ?? [:])
        result.issues += (masks?.unmatched ?? []).map(Self.row)
        let byStudy = Dictionary(grouping: intake.instances, by: \.originalStudyUID)
        for (index, exam) in exams.enumerated() {
            guard let instances = byStudy[exam.studyInstanceUID] else { continue }
            let set = masks?.masks(ofExam: index) ?? MaskSet()
            result.issues += set.issues.map(Self.row)
            try add(exam, chosen(from: instances, &result), join, set.masks, to: &result)
        }
        return result
    }

    private func maskCatalogue(patientIDs: [String: String]) throws -> MaskCatalogue? {
        try profile.masks.map { masks in
            MaskCatalogue(
                format: masks.format,
                files: try MaskFile.list(in: URL(filePath: masks.path), format: masks.format),
                exams: exams,
                patientIDs: patientIDs
            )
        }
    }

    /// The series with the most slices; the slices of the others are set aside, not dropped.
    private func chosen(
        from instances: [IntakeInstance],
        _ result: inout Result
    ) -> [IntakeInstance] {
        let series = Dictionary(grouping: instances, by: \.seriesUID)
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        for other in series.dropFirst() {
            for instance in other.value { setAside(instance, "other-series-of-exam", &result) }
        }
        return series.first?.value ?? []
    }

    private func setAside(_ instance: IntakeInstance, _ reason: String, _ result: inout Result) {
        result.quarantine.append(
            QuarantineRow(file: quarantineName(instance.path), reason: reason, detail: "")
        )
        let file = file(instance, "dcm")
        try? FileManager.default.removeItem(at: file)
    }

    private func file(_ instance: IntakeInstance, _ type: String) -> URL {
        staging.appending(path: instance.studyUID)
            .appending(path: "\(instance.sopInstanceUID).\(type)")
    }

    private func add(
        _ exam: ExamIdentity,
        _ instances: [IntakeInstance],
        _ join: LabelJoin?,
        _ masks: [String: MaskImage],
        to result: inout Result
    ) throws {
        guard let first = instances.first else { return }
        var header = DataSet()
        let volume: CTVolume
        do {
            volume = try CTVolume(
                slices: try instances.map { instance in
                    let dicom = try DICOMFile(
                        reading: [UInt8](try Data(contentsOf: file(instance, "dcm")))
                    )
                    header = dicom.dataSet
                    return try CTSlice(dicom.dataSet, frame: try PixelDecoder.decode(dicom))
                }
            )
        } catch let error as HeadCTError {
            for instance in instances { setAside(instance, error.code.rawValue, &result) }
            return
        }
        let originals = Dictionary(
            instances.map { ($0.sopInstanceUID, $0.originalSOPInstanceUID) },
            uniquingKeysWith: { first, _ in first }
        )
        let slices = try volume.slices.map { slice in
            let original = originals[slice.sopInstanceUID] ?? ""
            let mask = masks[original]
            if let mask {
                let url = staging.appending(path: first.studyUID)
                    .appending(path: "\(slice.sopInstanceUID).png")
                try Data(try mask.png()).write(to: url)
            }
            return ExamRecord.Slice(
                sopInstanceUID: slice.sopInstanceUID,
                labels: join?.slices[original],
                hasMask: mask != nil
            )
        }
        let record = ExamRecord(labels: join?.exams[exam.studyInstanceUID], slices: slices)
        result.rows.append(
            ExamRow(
                studyUID: first.studyUID,
                patient: first.patient,
                seriesUID: first.seriesUID,
                manufacturer: header.string(.manufacturer) ?? "unknown",
                model: header.string(.manufacturerModelName) ?? "unknown",
                thicknessMM: volume.thicknessMM,
                slices: slices.count,
                record: String(
                    decoding: try CanonicalEncoder().encode(record),
                    as: UTF8.self
                )
            )
        )
    }

    private func issues(of table: LabelTable?, _ join: LabelJoin?) -> [JoinIssueRow] {
        let rows = ((table?.issues ?? []) + (join?.unmatchedRows ?? [])).map { issue in
            JoinIssueRow(
                source: "labels",
                reason: issue.reason.rawValue,
                place: "file \(issue.file + 1), row \(issue.row)"
            )
        }
        let unlabelled = join?.unlabelledExams ?? []
        return rows
            + unlabelled.map {
                JoinIssueRow(source: "labels", reason: $0.reason.rawValue, place: "exam")
            }
    }

    private static func row(_ issue: MaskIssue) -> JoinIssueRow {
        JoinIssueRow(
            source: "masks",
            reason: issue.reason.rawValue,
            place: "file \(issue.file + 1)" + (issue.part.map { ", part \($0 + 1)" } ?? "")
        )
    }
}
