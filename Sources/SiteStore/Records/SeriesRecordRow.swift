import GRDB

/// What was done to a series, for the manifest of its study.
package struct SeriesRecordRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "seriesRecord"

    /// The new Series Instance UID.
    package var seriesUID: String
    /// The new Study Instance UID.
    package var studyUID: String
    /// The digest of the files that it was made of, and of program and rules: another digest is
    /// another series.
    package var inputs: String
    /// What was done to which attributes, as canonical JSON.
    package var actions: String
    /// What was done to the pixels, as canonical JSON.
    package var report: String

    /// Makes a row.
    package init(
        seriesUID: String,
        studyUID: String,
        inputs: String,
        actions: String,
        report: String
    ) {
        self.seriesUID = seriesUID
        self.studyUID = studyUID
        self.inputs = inputs
        self.actions = actions
        self.report = report
    }
}
