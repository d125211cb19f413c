/// What can happen to a run.
package enum RunEvent: Sendable, Hashable {
    /// The run begins.
    case start
    /// The opening of a round is durably recorded; its time runs from now.
    case roundOpened(RoundNumber)
    /// A site asks for work.
    case siteReady(SiteID)
    /// A site stays out, or is kept out, of this round or of the rest of the run.
    case siteRefused(SiteID, RefusalReason)
    /// A site's update passed the gate and is durably stored.
    case updateAccepted(RoundNumber, Contribution)
    /// A site's update did not pass the gate.
    case updateRejected(RoundNumber, SiteID, UpdateRejection.Code)
    /// A site cannot go on with the work of this round (scoring belongs to the last round).
    case siteFailed(RoundNumber, SiteID, SiteFailure.Kind)
    /// The next global model is durably stored; where the rule has one, with its control variate.
    case aggregated(RoundNumber, SHA256Digest, control: SHA256Digest? = nil)
    /// The updates of a round could not be combined.
    case aggregationFailed(RoundNumber, FederationError.Code)
    /// A site's scores of the final model are durably stored; the digest is of the message.
    case scoresReceived(SiteID, SHA256Digest)
    /// A site's score of the final model on held-back exams, before its scores are received.
    case scoreReported(SiteID, Double)
    /// A site at work is alive.
    case heartbeat(SiteID)
    /// Somebody holds the run: no new work, no new round, the time stands still.
    case hold(HoldReason)
    /// Whoever held the run lets it go on: its deadlines move by the time it was held.
    case release(HoldReason)
    /// The operator closes the round with what has come, if it is a quorum.
    case closeRound
    /// Time has passed.
    case tick
    /// Someone ends the run.
    case abort(RunFailure.AbortReason)

    /// The event as a round sees it; nil if it is about another round or not about rounds.
    func forRound(_ number: RoundNumber) -> RoundStateMachine.Event? {
        switch self {
        case .siteReady(let site): .siteReady(site)
        case .siteRefused(let site, let reason): .siteRefused(site, reason)
        case .tick: .tick
        case .heartbeat(let site): .heartbeat(site)
        case .closeRound: .close
        case .abort(let reason): .abort(reason)
        case .updateAccepted(number, let contribution): .updateAccepted(contribution)
        case .updateRejected(number, let site, let code): .updateRejected(site, code)
        case .siteFailed(number, let site, let kind): .siteFailed(site, kind)
        case .aggregated(number, let model, _): .aggregated(model)
        case .aggregationFailed(number, let code): .aggregationFailed(code)
        case .start, .roundOpened, .scoresReceived, .scoreReported, .hold, .release,
            .siteFailed, .updateAccepted, .updateRejected, .aggregated, .aggregationFailed:
            nil
        }
    }
}
