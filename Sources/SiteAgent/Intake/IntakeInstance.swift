import SiteStore

/// A slice with a verified de-identified copy: its original identifiers, in memory only, beside
/// its row of the catalogue.
struct IntakeInstance: Sendable {
    let row: FileRow
    let originalStudyUID: String
    let originalSOPInstanceUID: String
    let patient: String
    let studyUID: String
    let seriesUID: String
    let sopInstanceUID: String
    let sha256: String

    /// Nil unless the row has a verified copy.
    init?(_ row: FileRow, originalStudyUID: String, originalSOPInstanceUID: String) {
        guard let patient = row.patient, let studyUID = row.studyUID,
            let seriesUID = row.seriesUID, let sopInstanceUID = row.sopInstanceUID,
            let sha256 = row.sha256
        else { return nil }
        self.row = row
        self.originalStudyUID = originalStudyUID
        self.originalSOPInstanceUID = originalSOPInstanceUID
        self.patient = patient
        self.studyUID = studyUID
        self.seriesUID = seriesUID
        self.sopInstanceUID = sopInstanceUID
        self.sha256 = sha256
    }
}
