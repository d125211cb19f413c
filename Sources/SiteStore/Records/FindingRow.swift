import GRDB

/// Something about the data that a person should look at before training; never a value.
package struct FindingRow: Sendable, Hashable, Codable, FetchableRecord {
    /// The check, machine-readable.
    package var kind: String
    /// The exam's new study UID; nil where the whole cohort is concerned.
    package var studyUID: String?
    /// The pseudonym of the exam's patient; nil where the whole cohort is concerned.
    package var patient: String?
    /// What was found, in numbers.
    package var detail: String

    /// Makes a row.
    package init(kind: String, studyUID: String?, patient: String? = nil, detail: String) {
        self.kind = kind
        self.studyUID = studyUID
        self.patient = patient
        self.detail = detail
    }
}
