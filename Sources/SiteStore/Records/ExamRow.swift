import GRDB

/// An exam of the cohort under its new identifiers.
package struct ExamRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "exam"

    /// The new Study Instance UID.
    package var studyUID: String
    /// The patient's keyed pseudonym.
    package var patient: String
    /// The new Series Instance UID of the chosen series.
    package var seriesUID: String
    /// (0008,0070).
    package var manufacturer: String
    /// (0008,1090).
    package var model: String
    /// Slice thickness.
    package var thicknessMM: Double
    /// Slices accepted.
    package var slices: Int
    /// The exam's labels and files, as JSON.
    package var record: String

    /// Makes a row.
    package init(
        studyUID: String,
        patient: String,
        seriesUID: String,
        manufacturer: String,
        model: String,
        thicknessMM: Double,
        slices: Int,
        record: String
    ) {
        self.studyUID = studyUID
        self.patient = patient
        self.seriesUID = seriesUID
        self.manufacturer = manufacturer
        self.model = model
        self.thicknessMM = thicknessMM
        self.slices = slices
        self.record = record
    }
}
