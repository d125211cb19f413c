package import Evaluation

/// A run as people read it (Protocol.md section 5.13).
package struct RunLine: Sendable, Hashable, Codable {
    /// Its id.
    package let id: String
    /// The plan's digest.
    package let plan: String
    /// The plan's name.
    package let planName: String
    /// `queued`, `waiting`, `running`, `completed` or `failed`.
    package let status: String
    /// When the operator started it, milliseconds since 1970.
    package let createdMilliseconds: Int64
    /// The rounds that are closed.
    package let rounds: Int
    /// Why it failed.
    package let failure: String?
    /// The final model's digest.
    package let model: String?
    /// The closed rounds with their roll-calls; only of `show-run`.
    package let roundSummaries: [RoundSummary]?

    /// Makes a line.
    package init(
        id: String,
        plan: String,
        planName: String,
        status: String,
        createdMilliseconds: Int64,
        rounds: Int,
        failure: String?,
        model: String?,
        roundSummaries: [RoundSummary]? = nil
    ) {
        self.id = id
        self.plan = plan
        self.planName = planName
        self.status = status
        self.createdMilliseconds = createdMilliseconds
        self.rounds = rounds
        self.failure = failure
        self.model = model
        self.roundSummaries = roundSummaries
    }
}

/// The runs a person may see.
package struct RunList: Sendable, Hashable, Codable {
    /// In the order they were created.
    package let runs: [RunLine]

    /// Makes a list.
    package init(runs: [RunLine]) { self.runs = runs }
}
