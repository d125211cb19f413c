import GRDB

/// A study as the catalogue has it: the files of one new study UID together.
package struct StudyRow: Sendable, Hashable, Codable, FetchableRecord {
    /// The new Study Instance UID.
    package let studyUID: String
    /// The patient's pseudonym.
    package let patient: String
    /// Series.
    package let series: Int
    /// Files in all.
    package let files: Int
    /// Files that are slices of the cohort.
    package let cohortFiles: Int
    /// The state of the file that came furthest.
    package let state: String
    /// The reasons of held-back files, ascending, comma-separated; nil where there are none.
    package let reasons: String?
    /// The program and version that decided.
    package let tool: String
    /// The digest of the profile by which it decided.
    package let profileDigest: String
    /// The Merkle root of the study's manifest; nil until there is one.
    package let manifestRoot: String?
}
