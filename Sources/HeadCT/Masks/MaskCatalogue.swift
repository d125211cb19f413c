import DICOM

/// Knows which mask files belong to which exam, and reads those of one exam at a time.
package struct MaskCatalogue: Sendable {
    /// The format of the files.
    package let format: MaskFormat
    /// Files that belong to no exam, and why.
    package private(set) var unmatched: [MaskIssue] = []

    private let files: [MaskFile]
    private let exams: [ExamIdentity]
    private var filesOfExam: [Int: [Int]] = [:]

    /// Assigns files to exams.
    ///
    /// PNG files are named by SOP Instance UID. A DICOM SEG says which images it refers to. NIfTI
    /// files are named by patient number, Study Instance UID, accession number or PatientID.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - files: The files; issues count them in this order.
    ///   - exams: The exams under their original identifiers.
    ///   - patientIDs: PatientID by patient number.
    package init(
        format: MaskFormat,
        files: [MaskFile],
        exams: [ExamIdentity],
        patientIDs: [String: String] = [:]
    ) {
        self.format = format
        self.files = files
        self.exams = exams
        let names = ExamNames(exams: exams, patientIDs: patientIDs)
        for (index, file) in files.enumerated() {
            switch Self.exam(of: file, format: format, names: names) {
            case .success(let exam): filesOfExam[exam, default: []].append(index)
            case .failure(let failure): unmatched.append(MaskIssue(failure.reason, file: index))
            }
        }
    }

    private static func exam(
        of file: MaskFile,
        format: MaskFormat,
        names: ExamNames
    ) -> Result<Int, MaskRefusal> {
        switch format {
        case .png:
            names.exam(ofInstance: file.stem)
        case .nifti:
            names.exam(ofPatientNumberOrName: file.stem)
        case .dicomSEG:
            names.exam(ofSegmentation: file)
        }
    }

    /// Reads the masks of the exam at an index of the list given.
    package func masks(ofExam index: Int) -> MaskSet {
        var result = MaskSet()
        for file in filesOfExam[index] ?? [] {
            let read: MaskSet
            do throws(HeadCTError) {
                read = try self.read(file, exam: exams[index])
            } catch {
                result.issues.append(MaskIssue(error, file: file))
                continue
            }
            result.issues += read.issues
            for (uid, mask) in read.masks.sorted(by: { $0.key < $1.key }) {
                // Two files that say the same about a slice agree; of two that differ, neither can
                // be believed more.
                if let known = result.masks[uid], known != mask {
                    result.issues.append(MaskIssue(.duplicateMask, file: file))
                } else {
                    result.masks[uid] = mask
                }
            }
        }
        return result
    }

    private func read(_ index: Int, exam: ExamIdentity) throws(HeadCTError) -> MaskSet {
        let bytes = try files[index].read()
        switch format {
        case .png:
            return try PNGMasks.read(bytes, stem: files[index].stem, file: index, exam: exam)
        case .nifti:
            return NIfTIMasks(image: try NIfTIImage(reading: bytes), file: index).masks(for: exam)
        case .dicomSEG:
            return try SegmentationMasks.read(bytes, file: index, exam: exam)
        }
    }
}
