import CanonicalJSON
import DICOM
import Federation
import Foundation
import HeadCT
import SiteStore

/// Joins labels and masks to slices, chooses one series an exam, checks its geometry and the data.
struct JoinedCohort {
    private let pass: IntakePass
    private let inputs: JoinInputs
    private let folder: SiteFolder
    private let previous: [String: ExamRow]
    private let previousFindings: [String: [FindingRow]]
    private let exams: [ExamIdentity]

    /// The catalogue's rows.
    struct Result {
        var exams: [ExamRow] = []
        var records: [ExamRecord] = []
        var files: [FileRow]
        var issues: [JoinIssueRow] = []
        var findings: [FindingRow] = []

        /// As it is stored.
        func outcome(fingerprint: String) -> IntakeOutcome {
            IntakeOutcome(
                fingerprint: fingerprint,
                files: files,
                exams: exams,
                issues: issues,
                findings: findings
            )
        }
    }

    /// - Parameters:
    ///   - pass: The files of this intake.
    ///   - inputs: Labels and masks.
    ///   - folder: The site's folder.
    ///   - previous: The exams of the intake before, whose geometry need not be read again.
    ///   - findings: What the intake before found about them.
    init(
        pass: IntakePass,
        inputs: JoinInputs,
        folder: SiteFolder,
        previous: [ExamRow],
        findings: [FindingRow]
    ) {
        self.pass = pass
        self.inputs = inputs
        self.folder = folder
        self.previous = Dictionary(previous.map { ($0.studyUID, $0) }) { first, _ in first }
        previousFindings = Dictionary(
            grouping: findings.filter { DataCheck(rawValue: $0.kind)?.isOfGeometry == true },
            by: { $0.studyUID ?? "" }
        )
        exams = ExamIdentity.exams(of: pass.headers)
    }

    func build(against cohort: CohortRow?) throws -> Result {
        var result = Result(files: pass.held)
        let join = inputs.labels?.join(with: exams)
        let masks = inputs.maskFormat.map { format in
            MaskCatalogue(
                format: format,
                files: inputs.masks,
                exams: exams,
                patientIDs: inputs.labels?.patientIDs ?? [:]
            )
        }
        result.issues += (join?.unmatchedRows ?? []).map(JoinIssueRow.init)
        result.issues += (join?.unlabelledExams ?? []).map(JoinIssueRow.init)
        result.issues += (masks?.unmatched ?? []).map(JoinIssueRow.init)
        let byStudy = Dictionary(grouping: pass.instances, by: \.originalStudyUID)
        for (index, exam) in exams.enumerated() {
            guard let instances = byStudy[exam.studyInstanceUID] else { continue }
            let set = masks?.masks(ofExam: index) ?? MaskSet()
            result.issues += set.issues.map(JoinIssueRow.init)
            let slices = chosen(from: instances, &result)
            try add(exam, slices, join, set.masks, to: &result)
        }
        result.findings += DataChecks.across(result, comparedTo: cohort)
        return result
    }

    /// The series with the most slices; the slices of the others are set aside, not dropped.
    private func chosen(
        from instances: [IntakeInstance],
        _ result: inout Result
    ) -> [IntakeInstance] {
        let series = Dictionary(grouping: instances, by: \.seriesUID)
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        for other in series.dropFirst() {
            result.files += other.value.map { $0.row.quarantined("other-series-of-exam") }
        }
        return series.first?.value ?? []
    }

    private func add(
        _ exam: ExamIdentity,
        _ instances: [IntakeInstance],
        _ join: LabelJoin?,
        _ masks: [String: MaskImage],
        to result: inout Result
    ) throws {
        let geometry: ExamGeometry
        do {
            geometry = try self.geometry(of: instances)
        } catch let error as HeadCTError {
            result.files += instances.map {
                $0.row.quarantined(error.code.rawValue, error.context)
            }
            return
        }
        let byUID = Dictionary(instances.map { ($0.sopInstanceUID, $0) }) { first, _ in first }
        let ordered = geometry.order.compactMap { byUID[$0] }
        let drawn = ordered.map { masks[$0.originalSOPInstanceUID] }
        let known = LabelResolution(
            exam: join?.exams[exam.studyInstanceUID],
            slices: ordered.map { join?.slices[$0.originalSOPInstanceUID] },
            masks: drawn
        )
        let slices = try ordered.indices.map { index in
            ExamRecord.Slice(
                sopInstanceUID: ordered[index].sopInstanceUID,
                labels: known.slices[index],
                sha256: ordered[index].sha256,
                maskSHA256: try drawn[index].map { try write($0, of: ordered[index]) }
            )
        }
        let record = ExamRecord(labels: known.exam, slices: slices)
        guard let row = try ExamRow(ordered, geometry, record) else { return }
        result.exams.append(row)
        result.records.append(record)
        result.files += ordered.map(\.row.inCohort)
        result.findings += geometry.findings(of: row.studyUID)
        result.findings += known.contradictions.map { contradiction in
            FindingRow(
                kind: DataCheck.labelContradiction.rawValue,
                studyUID: row.studyUID,
                detail: contradiction.rawValue
            )
        }
    }

    /// The geometry of the exam's slices; read from the files only where they changed.
    private func geometry(of instances: [IntakeInstance]) throws -> ExamGeometry {
        if let study = instances.first?.studyUID, let row = previous[study] {
            let record = try ExamRecord(of: row)
            let before = Set(record.slices.map { "\($0.sopInstanceUID) \($0.sha256)" })
            if before == Set(instances.map { "\($0.sopInstanceUID) \($0.sha256)" }) {
                return ExamGeometry(row, record, previousFindings[study] ?? [])
            }
        }
        return try ExamGeometry(
            reading: instances.map { instance in
                folder.exam(instance.studyUID).appending(path: "\(instance.sopInstanceUID).dcm")
            }
        )
    }

    private func write(_ mask: MaskImage, of instance: IntakeInstance) throws -> String {
        let bytes = try mask.png()
        let url = folder.exam(instance.studyUID).appending(path: "\(instance.sopInstanceUID).png")
        try DeidentifiedFolder.replace(url, with: bytes)
        return SHA256Digest(hashing: bytes).rawValue
    }
}

extension FileRow {
    /// The file as a slice of the cohort.
    fileprivate var inCohort: FileRow {
        var row = self
        row.state = .cohort
        return row
    }
}

extension ExamRow {
    /// The row of an exam under its new identifiers; nil without slices.
    fileprivate init?(
        _ slices: [IntakeInstance],
        _ geometry: ExamGeometry,
        _ record: ExamRecord
    ) throws {
        guard let first = slices.first else { return nil }
        self.init(
            studyUID: first.studyUID,
            patient: first.patient,
            seriesUID: first.seriesUID,
            manufacturer: geometry.manufacturer,
            model: geometry.model,
            thicknessMM: geometry.thicknessMM,
            slices: slices.count,
            record: String(decoding: try CanonicalEncoder().encode(record), as: UTF8.self)
        )
    }
}
