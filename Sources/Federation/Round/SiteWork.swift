/// What a site is asked to do next.
package enum SiteWork: Sendable, Hashable {
    /// Train on this model in this round and send the delta.
    case train(RoundNumber, model: SHA256Digest)
    /// Score this final model, reached after this round, and send the suppressed aggregates.
    case score(RoundNumber, model: SHA256Digest)

    /// The round the work belongs to.
    package var round: RoundNumber {
        switch self {
        case .train(let round, _), .score(let round, _): round
        }
    }

    /// The model the work starts from.
    package var model: SHA256Digest {
        switch self {
        case .train(_, let model), .score(_, let model): model
        }
    }
}
