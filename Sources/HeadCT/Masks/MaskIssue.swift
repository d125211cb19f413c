/// A mask, or part of one, that could not be used, with the reason and without an identifying
/// value.
package struct MaskIssue: Sendable, Hashable, Codable {
    /// Why; raw values are stable and kebab-case.
    package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        case unreadableFile = "unreadable-file"
        case malformedFile = "malformed-file"
        case unsupportedFile = "unsupported-file"
        case notSegmentation = "not-a-segmentation"
        case fractional = "fractional-segmentation"
        case unknownClass = "unknown-class"
        case notHaemorrhage = "not-haemorrhage"
        case unknownPatientNumber = "unknown-patient-number"
        case noExam = "no-exam"
        case noSlice = "no-slice"
        case severalExamsForPatient = "several-exams-for-patient"
        case sizeDiffers = "size-differs"
        case gridDiffers = "grid-differs"
        case noAffine = "no-affine"
        case noGeometry = "no-geometry"
        case duplicateMask = "duplicate-mask"
    }

    /// Why.
    package let reason: Reason
    /// The file, by its place in the list given.
    package let file: Int
    /// The frame of a DICOM SEG or the slice of the exam, where only a part is concerned; counted
    /// from 0.
    package let part: Int?

    /// Makes an issue.
    package init(_ reason: Reason, file: Int, part: Int? = nil) {
        self.reason = reason
        self.file = file
        self.part = part
    }

    /// The issue a file's error amounts to.
    init(_ error: HeadCTError, file: Int) {
        let reason: Reason =
            switch error.code {
            case .unreadableFile: .unreadableFile
            case .unsupportedPNG, .unsupportedNIfTI, .unsupportedSegmentation: .unsupportedFile
            case .unknownMaskClass: .unknownClass
            case .maskSizeMismatch: .sizeDiffers
            default: .malformedFile
            }
        self.init(reason, file: file)
    }
}
