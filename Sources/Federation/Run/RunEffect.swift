/// What the server has to do after an event, in the order given.
package enum RunEffect: Sendable, Hashable {
    /// Record durably that the round is open, then answer with `roundOpened`.
    case openRound(RoundNumber, model: SHA256Digest)
    /// Tell the site what to do; repeated when it asks again.
    case assign(SiteID, SiteWork)
    /// Tell the site that its update does not count, and why.
    case turnAway(SiteID, UpdateStanding)
    /// Combine these updates, which are in site-id order, then answer with `aggregated`.
    case aggregate(RoundNumber, [Contribution])
    /// Make this model the global model that follows the round.
    case publishModel(RoundNumber, SHA256Digest)
    /// Record the end of the round with its roll-call.
    case closeRound(RoundNumber, RollCall)
    /// Tell a person at once.
    case alarm(RoundNumber, RoundAlarm)
    /// Tell the sites of the run to score this model (each also gets its `assign`).
    case requestScores(RoundNumber, model: SHA256Digest)
    /// The run is done: the final model, and who scored it.
    case complete(model: SHA256Digest, scores: RollCall)
    /// The run has failed.
    case fail(RunFailure)
}
