import SiteStore

/// A slice with a verified de-identified copy: its original identifiers, in memory only, beside
/// its row of the catalogue.
struct IntakeInstance: Sendable {
    let row: FileRow
    let header: FileHeader
    let patient: String
    let studyUID: String
    let seriesUID: String
    let sopInstanceUID: String
    let sha256: String

    /// Nil unless the row has a verified copy.
    init?(_ row: FileRow, header: FileHeader) {
        guard let patient = row.patient, let studyUID = row.studyUID,
            let seriesUID = row.seriesUID, let sopInstanceUID = row.sopInstanceUID,
            let sha256 = row.sha256
        else { return nil }
        self.row = row
        self.header = header
        self.patient = patient
        self.studyUID = studyUID
        self.seriesUID = seriesUID
        self.sopInstanceUID = sopInstanceUID
        self.sha256 = sha256
    }

    /// The original Study Instance UID.
    var originalStudyUID: String { header.studyInstanceUID }

    /// The original SOP Instance UID.
    var originalSOPInstanceUID: String { header.sopInstanceUID }
}
