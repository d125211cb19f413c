/// The work of one join.
struct LabelJoining {
    private let exams: [ExamIdentity]
    private let byStudy: [String: Int]
    private let byInstance: [String: (exam: Int, instance: Int)]
    private let byPatient: [String: [Int]]
    private let byAccession: [String: [Int]]
    private let strippedAccessions: Set<String>

    private var join = LabelJoin()
    private var reasons: [Int: LabelIssue.Reason] = [:]

    init(exams: [ExamIdentity]) {
        self.exams = exams
        var byInstance: [String: (exam: Int, instance: Int)] = [:]
        for (exam, identity) in exams.enumerated() {
            for (index, instance) in identity.instances.enumerated() {
                byInstance[instance.sopInstanceUID] = (exam, index)
            }
        }
        self.byInstance = byInstance
        byStudy = Dictionary(
            exams.enumerated().map { ($1.studyInstanceUID, $0) },
            uniquingKeysWith: { a, _ in a }
        )
        byPatient = Dictionary(
            grouping: exams.indices,
            by: { CQ500Labels.normalized(exams[$0].patientID) }
        )
        byAccession = Dictionary(grouping: exams.indices, by: { exams[$0].accessionNumber })
        strippedAccessions = Set(exams.map { Self.withoutLeadingZeros($0.accessionNumber) })
    }

    private static func withoutLeadingZeros(_ text: String) -> String {
        String(text.drop { $0 == "0" })
    }

    mutating func take(_ entry: LabelTable.Entry) {
        switch entry.key {
        case .studyInstanceUID(let uid): take(entry, exams: byStudy[uid].map { [$0] } ?? [])
        case .patientID(let id): take(entry, exams: byPatient[CQ500Labels.normalized(id)] ?? [])
        case .accessionNumber(let number): take(entry, exams: byAccession[number] ?? [])
        case .sopInstanceUID(let uid): takeSlice(entry, uid: uid)
        case .patientSlice(let patient, let number):
            takeSlice(entry, patient: patient, number: number)
        }
    }

    private mutating func refuse(_ entry: LabelTable.Entry, _ reason: LabelIssue.Reason) {
        join.unmatchedRows.append(
            LabelIssue(reason, key: entry.key.kind, file: entry.file, row: entry.row)
        )
    }

    /// Gives a row about a whole exam to the one exam it fits.
    private mutating func take(_ entry: LabelTable.Entry, exams candidates: [Int]) {
        guard let exam = candidates.first else {
            refuse(entry, hasLostZeros(entry.key) ? .leadingZerosLost : .noExam)
            return
        }
        guard candidates.count == 1 else {
            let reason: LabelIssue.Reason =
                entry.key.kind == .accessionNumber
                ? .severalExamsForAccession : .severalExamsForPatient
            refuse(entry, reason)
            for candidate in candidates { reasons[candidate] = reason }
            return
        }
        let study = exams[exam].studyInstanceUID
        guard join.exams[study] == nil else {
            if join.exams[study] != entry.labels { refuse(entry, .conflictingDuplicate) }
            return
        }
        join.exams[study] = entry.labels
        if entry.labels.values[.any] == nil { reasons[exam] = .noUsableValue }
    }

    private func hasLostZeros(_ key: LabelKey) -> Bool {
        guard case .accessionNumber(let number) = key else { return false }
        return strippedAccessions.contains(Self.withoutLeadingZeros(number))
    }

    private mutating func takeSlice(_ entry: LabelTable.Entry, uid: String) {
        guard byInstance[uid] != nil else { return refuse(entry, .noSlice) }
        join.slices[uid] = SliceLabels(values: entry.labels.values, source: entry.labels.source)
    }

    private mutating func takeSlice(_ entry: LabelTable.Entry, patient: String, number: Int) {
        let candidates = byPatient[CQ500Labels.normalized(patient)] ?? []
        guard let exam = candidates.first else { return refuse(entry, .noExam) }
        guard candidates.count == 1 else {
            for candidate in candidates { reasons[candidate] = .severalExamsForPatient }
            return refuse(entry, .severalExamsForPatient)
        }
        let matches = exams[exam].instances.filter { $0.instanceNumber == number }
        guard let match = matches.first else { return refuse(entry, .noSlice) }
        guard matches.count == 1 else { return refuse(entry, .ambiguousSlice) }
        takeSlice(entry, uid: match.sopInstanceUID)
    }

    /// Derives exam labels from slices and lists the exams without any.
    mutating func finish(rowIssues: [LabelIssue]) -> LabelJoin {
        for (index, exam) in exams.enumerated() {
            if join.exams[exam.studyInstanceUID] == nil { deriveFromSlices(index) }
            if join.exams[exam.studyInstanceUID]?.values[.any] == nil {
                join.unlabelledExams.append(
                    LabelJoin.UnlabelledExam(
                        studyInstanceUID: exam.studyInstanceUID,
                        reason: reasons[index] ?? .noRow
                    )
                )
            }
        }
        join.unmatchedRows = (rowIssues + join.unmatchedRows)
            .enumerated()
            .sorted {
                ($0.element.file, $0.element.row, $0.offset) < (
                    $1.element.file, $1.element.row, $1.offset
                )
            }
            .map(\.element)
        return join
    }

    /// The maximum over slices; absence needs a row for every slice.
    private mutating func deriveFromSlices(_ index: Int) {
        let exam = exams[index]
        let labels = exam.instances.map { join.slices[$0.sopInstanceUID] }
        guard let source = labels.lazy.compactMap({ $0?.source }).first else { return }
        let values = [HaemorrhageType: Bool].maximum(over: labels.map { $0?.values ?? [:] })
        join.exams[exam.studyInstanceUID] = ExamLabels(values: values, source: source)
        if values[.any] == nil {
            reasons[index] = labels.contains(nil) ? .sliceWithoutRow : .noUsableValue
        }
    }
}
