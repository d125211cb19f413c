/// The last phase of a run: every site scores the final model.
///
/// Ends when every site's part has ended or the deadline is reached. There is no quorum: the
/// comparison names who is missing.
package struct ScoringStateMachine: Sendable, Hashable, Codable {
    /// The round that made the model.
    package let round: RoundNumber
    /// The final model.
    package let model: SHA256Digest
    /// The moment at which the phase must see a tick.
    package private(set) var deadline: Duration
    /// Who scored and who did not; nil while sites are still expected.
    package private(set) var result: RollCall?

    private var book: RollCallBook
    private var scores: [SiteID: Double] = [:]

    init(
        round: RoundNumber,
        model: SHA256Digest,
        roster: [SiteShare],
        deadline: Duration,
        refused: [SiteID: RefusalReason]
    ) {
        self.round = round
        self.model = model
        self.deadline = deadline
        book = RollCallBook(roster: roster, refused: refused)
    }

    /// The sites that are still expected, ascending by id.
    package var openSites: [SiteID] { result == nil ? book.open : [] }

    /// The work of a site now, if it has any.
    package func work(for site: SiteID) -> SiteWork? {
        guard result == nil, book.standing(of: site) == .expected else { return nil }
        return .score(round, model: model)
    }

    /// Assigns the work to every site that is not excluded.
    mutating func begin() -> [RunEffect] {
        closeIfComplete()
        return openSites.map { .assign($0, .score(round, model: model)) }
    }

    mutating func on(_ event: RunEvent, at now: Duration) -> [RunEffect] {
        if result == nil && now >= deadline { result = book.rollCall }
        switch event {
        case .siteReady(let site):
            guard let work = work(for: site) else { return [] }
            book.noteAsked(site)
            return [.assign(site, work)]
        case .scoreReported(let site, let score):
            if work(for: site) != nil { scores[site] = score }
        case .siteRefused(let site, let reason): settle(site, .refused(reason))
        case .siteFailed(round, let site, let kind) where kind != .trainingFailed:
            settle(site, .failed(.reported(kind)))
        case .scoresReceived(let site, let digest):
            settle(site, .contributed(scored(site, digest)))
        default: break
        }
        return []
    }

    /// Moves all moments to another epoch.
    mutating func shift(by offset: Duration) { deadline += offset }

    private func scored(_ site: SiteID, _ digest: SHA256Digest) -> Contribution {
        Contribution(site: site, sha256: digest, examples: 0, score: scores[site])
    }

    private mutating func settle(_ site: SiteID, _ outcome: SiteOutcome) {
        guard work(for: site) != nil else { return }
        book.noteAsked(site)
        book.settle(site, outcome)
        closeIfComplete()
    }

    private mutating func closeIfComplete() {
        if book.isComplete { result = book.rollCall }
    }
}
