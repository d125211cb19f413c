import DICOM

/// Finds the exam that a mask file names.
struct ExamNames {
    private let byInstance: [String: Int]
    private let byStudy: [String: Int]
    private let byAccession: [String: [Int]]
    private let byPatient: [String: [Int]]
    private let patientIDs: [String: String]

    init(exams: [ExamIdentity], patientIDs: [String: String]) {
        var byInstance: [String: Int] = [:]
        for (index, exam) in exams.enumerated() {
            for instance in exam.instances { byInstance[instance.sopInstanceUID] = index }
        }
        self.byInstance = byInstance
        byStudy = Dictionary(
            exams.enumerated().map { ($1.studyInstanceUID, $0) },
            uniquingKeysWith: { a, _ in a }
        )
        byAccession = Dictionary(grouping: exams.indices, by: { exams[$0].accessionNumber })
        byPatient = Dictionary(grouping: exams.indices, by: { exams[$0].patientID })
        self.patientIDs = Dictionary(
            patientIDs.sorted { $0.key < $1.key }.map { (Self.number($0.key), $0.value) },
            uniquingKeysWith: { a, _ in a }
        )
    }

    /// `001` and `1` are the same patient number.
    private static func number(_ text: String) -> String { Int(text).map(String.init) ?? text }

    func exam(ofInstance uid: String) -> Result<Int, MaskRefusal> {
        byInstance[uid].map { .success($0) } ?? .failure(MaskRefusal(reason: .noSlice))
    }

    func exam(ofPatientNumberOrName name: String) -> Result<Int, MaskRefusal> {
        if patientIDs.isEmpty {
            if let study = byStudy[name] { return .success(study) }
            return only(byAccession[name] ?? byPatient[name] ?? byPatient[Self.number(name)] ?? [])
        }
        guard let patient = patientIDs[Self.number(name)] else {
            return .failure(MaskRefusal(reason: .unknownPatientNumber))
        }
        return only(byPatient[patient] ?? [])
    }

    private func only(_ exams: [Int]) -> Result<Int, MaskRefusal> {
        guard let first = exams.first else { return .failure(MaskRefusal(reason: .noExam)) }
        return exams.count == 1
            ? .success(first) : .failure(MaskRefusal(reason: .severalExamsForPatient))
    }

    /// The exam whose images a SEG refers to, or else the one whose study it says it is part of.
    func exam(ofSegmentation file: MaskFile) -> Result<Int, MaskRefusal> {
        guard let bytes = try? file.read() else {
            return .failure(MaskRefusal(reason: .unreadableFile))
        }
        guard let dataSet = try? DICOMFile(reading: bytes, until: .pixelData).dataSet else {
            return .failure(MaskRefusal(reason: .malformedFile))
        }
        let groups =
            dataSet.items(.perFrameFunctionalGroupsSequence)
            + dataSet.items(.sharedFunctionalGroupsSequence)
        for frame in groups {
            if let uid = SegmentationFrame.referencedInstance(frame), let exam = byInstance[uid] {
                return .success(exam)
            }
        }
        guard let study = dataSet.string(.studyInstanceUID), let exam = byStudy[study] else {
            return .failure(MaskRefusal(reason: .noExam))
        }
        return .success(exam)
    }
}
