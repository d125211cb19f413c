import GRDB

/// An exam of a frozen cohort, by the hash of all that is stored about it.
package struct CohortExam: Sendable, Hashable, Codable, FetchableRecord {
    /// The new Study Instance UID.
    package let studyUID: String
    /// The patient's pseudonym.
    package let patient: String
    /// The leaf hash (RFC 6962) of the exam's row: files, masks and labels by digest.
    package let leaf: String
    /// Slices.
    package let slices: Int
    /// Whether it shows haemorrhage; nil if unknown.
    package let positive: Bool?

    /// Makes an entry.
    package init(studyUID: String, patient: String, leaf: String, slices: Int, positive: Bool?) {
        self.studyUID = studyUID
        self.patient = patient
        self.leaf = leaf
        self.slices = slices
        self.positive = positive
    }
}
