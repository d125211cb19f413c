/// Everything the database knows of a run, for watching and comparing.
package struct RunReport: Sendable, Hashable {
    /// A round.
    package struct Round: Sendable, Hashable {
        /// Its number.
        package let number: Int
        /// The roll-call as JSON; nil while the round is open.
        package let rollCall: String?
        /// Its wall time; nil while it is open.
        package let seconds: Double?
        /// What sites sent with their deltas, as JSON, by site id.
        package let contributions: [String: String]
    }

    /// The run's id.
    package let id: String
    /// `queued`, `running`, `completed` or `failed`.
    package let status: String
    /// Why it failed.
    package let failure: String?
    /// The final model.
    package let model: String?
    /// The plan's canonical document.
    package let planDocument: [UInt8]
    /// The rounds, ascending.
    package let rounds: [Round]
    /// The sites with their names, ascending by id.
    package let sites: [SiteRow]
    /// The sites' metrics as JSON, by site id.
    package let metrics: [String: String]
}
