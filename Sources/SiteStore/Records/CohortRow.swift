import GRDB

/// A frozen cohort.
package struct CohortRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// Why a version was made.
    package enum Cause: String, Sendable, Hashable, Codable, DatabaseValueConvertible {
        /// An admin, or the agent before the first round, froze what the intake had found.
        case freeze
        /// A patient was withdrawn.
        case withdrawal
    }

    /// The table.
    package static let databaseTableName = "cohort"

    /// The version, from 1.
    package let version: Int
    /// The Merkle tree hash over the exams.
    package let fingerprint: String
    /// Why it was made.
    package let cause: Cause
    /// Exams.
    package let exams: Int
    /// Patients.
    package let patients: Int
    /// Slices.
    package let slices: Int
    /// Exams with a label.
    package let labelled: Int
    /// Exams with haemorrhage.
    package let positives: Int
    /// When, milliseconds since 1970.
    package let frozenMilliseconds: Int64

    init(
        version: Int,
        fingerprint: String,
        cause: Cause,
        exams: [CohortExam],
        frozenMilliseconds: Int64
    ) {
        self.version = version
        self.fingerprint = fingerprint
        self.cause = cause
        self.exams = exams.count
        patients = Set(exams.map(\.patient)).count
        slices = exams.reduce(0) { $0 + $1.slices }
        labelled = exams.count { $0.positive != nil }
        positives = exams.count { $0.positive == true }
        self.frozenMilliseconds = frozenMilliseconds
    }
}
