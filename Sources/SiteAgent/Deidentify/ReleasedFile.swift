import Deidentification
import Federation

/// What is needed of a de-identified image to write and record it.
struct ReleasedFile: Sendable {
    let study: String
    let series: String
    let sopInstanceUID: String
    let patient: String
    let bytes: [UInt8]
    let inputDigest: String
    let outputDigest: String
    let actions: [ActionCount]

    init(_ instance: DeidentifiedInstance) {
        study = instance.studyInstanceUID
        series = instance.seriesInstanceUID
        sopInstanceUID = instance.sopInstanceUID
        patient = instance.patientPseudonym
        bytes = instance.dicomBytes
        inputDigest = instance.inputDigest
        outputDigest = SHA256Digest(hashing: instance.dicomBytes).rawValue
        actions = instance.counts
    }
}
