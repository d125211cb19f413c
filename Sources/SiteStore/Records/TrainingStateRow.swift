import GRDB

/// Weights that a site keeps of a run from one round to the next, and never sends.
package struct TrainingStateRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// What the weights are.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The site's control variate (SCAFFOLD); goes on only from rounds that counted.
        case control
        /// The tensors that the plan calls private.
        case `private`
    }

    /// The table.
    package static let databaseTableName = "trainingState"

    /// The run.
    package var run: String
    /// The round after which the weights are these.
    package var number: Int
    /// What they are.
    package var kind: Kind
    /// The digest of their file.
    package var sha256: String

    /// Makes a row.
    package init(run: String, number: Int, kind: Kind, sha256: String) {
        self.run = run
        self.number = number
        self.kind = kind
        self.sha256 = sha256
    }
}
