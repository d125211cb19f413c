package import Federation

/// Something that happens to a run and is recorded, in the transaction that saves the run's state.
///
/// Recording the same again changes nothing; recording something else in its place is a conflict.
package enum RunRecord: Sendable, Hashable {
    /// What became of a record.
    package enum Outcome: Sendable, Hashable {
        /// It was recorded now.
        case recorded
        /// The same had been recorded before; nothing was changed.
        case repeated
    }

    /// The run was taken out of the queue and its sites are asked.
    case takenUp
    /// A site answered the plan.
    case answer(PlanAnswerRecord)
    /// A site's update passed the gate; `document` is the site's message as JSON. `isLate` if it
    /// counts in the round after the one it was trained in.
    case accepted(
        RoundNumber,
        SiteID,
        SHA256Digest,
        bytes: Int?,
        document: String,
        isLate: Bool
    )
    /// A site's update did not pass the gate; `reason` is the gate's code.
    case rejected(RoundNumber, SiteID, SHA256Digest, reason: String)
    /// A site's metrics of a model, as canonical JSON.
    case metrics(SiteID, model: SHA256Digest, document: String)
    /// The operator's request to hold, resume or end the run was carried out.
    case operation(RunRequest)
    /// What the run's machine asks for; what it makes durable is recorded.
    case effect(RunEffect)
    /// The size of a model that the run made.
    case stored(SHA256Digest, bytes: Int)
    /// The run cannot begin, and why.
    case failed(String)
    /// A site was told that the run is over.
    case dismissed(SiteID)
}
