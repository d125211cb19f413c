package import Federation
package import Foundation

/// A run in a list of runs.
package struct RunListing: Sendable, Hashable {
    /// The run.
    package let id: RunID
    /// Where it is.
    package let status: RunStatus
    /// The digest of its plan.
    package let planSHA256: SHA256Digest
    /// The plan's name.
    package let planName: String
    /// The rounds that are closed.
    package let closedRounds: Int
    /// When the operator started it.
    package let createdAt: Date
    /// When it ended.
    package let endedAt: Date?
}
