import Deidentification

/// An accepted slice: its original identifier, in memory only, beside its new ones.
struct IntakeInstance: Sendable {
    let path: String
    let originalStudyUID: String
    let originalSOPInstanceUID: String
    let studyUID: String
    let seriesUID: String
    let sopInstanceUID: String
    let patient: String
}
