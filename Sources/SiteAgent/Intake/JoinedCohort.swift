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
    private let admission: CohortAdmission
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
    ///   - admission: What lets studies into the cohort.
    ///   - previous: The exams of the intake before, whose geometry need not be read again.
    ///   - findings: What the intake before found about them.
    init(
        pass: IntakePass,
        inputs: JoinInputs,
        folder: SiteFolder,
        admission: CohortAdmission,
        previous: [ExamRow],
        findings: [FindingRow]
    ) {
        self.pass = pass
        self.inputs = inputs
        self.folder = folder
        self.admission = admission
        self.previous = Dictionary(previous.map { ($0.studyUID, $0) }) { first, _ in first }
        previousFindings = Dictionary(
            grouping: findings.filter { DataCheck(rawValue: $0.kind)?.isOfGeometry == true },
            by: { $0.studyUID ?? "" }
        )
        exams = ExamIdentity.exams(of: pass.headers)
    }

    /// Builds the catalogue's rows.
    ///
    /// `cohort` is the one frozen last, to compare with; `splits` has the sides given to patients, by
    /// split rule.
    func build(
        against cohort: DataChecks.PreviousCohort?,
        splits: [String: [String: Bool]]
    ) throws -> Result {
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
        let unlabelled = Dictionary(
            (join?.unlabelledExams ?? []).map { ($0.studyInstanceUID, $0.reason) }
        ) { first, _ in first }
        result.issues += (masks?.unmatched ?? []).map(JoinIssueRow.init)
        let byStudy = Dictionary(grouping: pass.instances, by: \.originalStudyUID)
        for (index, exam) in exams.enumerated() {
            guard let instances = byStudy[exam.studyInstanceUID] else { continue }
            let set = masks?.masks(ofExam: index) ?? MaskSet()
            result.issues += set.issues.map(JoinIssueRow.init)
            let (slices, strays) = Self.ofOneGeometry(chosen(from: instances, &result))
            result.files += strays.map { $0.row.quarantined("other-geometry-in-series") }
            guard let row = try add(exam, slices, join, set.masks, to: &result) else { continue }
            if !strays.isEmpty {
                result.findings.append(Self.mixed(strays.count, slices.count, row))
            }
            if let reason = unlabelled[exam.studyInstanceUID] {
                result.findings.append(FindingRow(.studyWithoutLabel, of: row, reason.rawValue))
            }
            if !slices.allSatisfy(\.header.namesPatient) {
                result.findings.append(
                    FindingRow(.unnamedPatient, of: row, "counted as a patient of its own")
                )
            }
        }
        result.findings += DataChecks.across(result, comparedTo: cohort, splits: splits)
        return result
    }

    private static func mixed(_ strays: Int, _ used: Int, _ row: ExamRow) -> FindingRow {
        FindingRow(
            .mixedGeometry,
            of: row,
            "\(strays) slice(s) of another size, direction or spacing than the \(used) used"
        )
    }

    /// The largest group of slices of one size, direction and spacing, and the others.
    private static func ofOneGeometry(
        _ slices: [IntakeInstance]
    ) -> (used: [IntakeInstance], strays: [IntakeInstance]) {
        var groups: [[IntakeInstance]] = []
        for slice in slices {
            let index = groups.firstIndex { $0[0].header.hasGeometry(of: slice.header) }
            if let index { groups[index].append(slice) } else { groups.append([slice]) }
        }
        let largest = groups.indices.max { groups[$0].count < groups[$1].count }
        return (
            largest.map { groups[$0] } ?? [],
            groups.indices.filter { $0 != largest }.flatMap { groups[$0] }
        )
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
    ) throws -> ExamRow? {
        guard let studyUID = instances.first?.studyUID else { return nil }
        let study: AdmittedStudy
        let geometry: ExamGeometry
        do {
            study = try admission.admit(
                studyUID,
                copies: Dictionary(instances.map { ($0.sopInstanceUID, $0.sha256) }) { $1 },
                readingCopies: false
            )
            geometry = try self.geometry(of: instances)
        } catch let refusal as CohortAdmission.Refusal {
            result.files += instances.map { $0.row.quarantined(refusal.rawValue) }
            return nil
        } catch let error as HeadCTError {
            result.files += instances.map {
                $0.row.quarantined(error.code.rawValue, error.context)
            }
            return nil
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
        let record = ExamRecord(study, labels: known.exam, slices: slices)
        guard let row = try ExamRow(ordered, geometry, record) else { return nil }
        result.exams.append(row)
        result.records.append(record)
        result.files += ordered.map(\.row.inCohort)
        result.findings += geometry.findings(of: row)
        result.findings += known.contradictions.map {
            FindingRow(.labelContradiction, of: row, $0.rawValue)
        }
        return row
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
