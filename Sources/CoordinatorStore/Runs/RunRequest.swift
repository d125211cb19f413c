package import Federation

/// What the operator asks of a run that goes on; `serve` carries it out.
package struct RunRequest: Sendable, Hashable {
    /// What is asked.
    package enum Verb: String, Sendable, Hashable, CaseIterable {
        /// No new work, no new round, and the time stands still.
        case pause
        /// Go on.
        case resume
        /// End without a final model.
        case abort
        /// Close the open round with what has come, if it is a quorum.
        case closeRound = "close-round"
    }

    /// The request's number.
    package let id: Int64
    /// The run.
    package let run: RunID
    /// What is asked.
    package let verb: Verb
}
