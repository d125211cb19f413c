/// A run: one plan carried out by the approved sites, round after round, then scored by all.
///
/// A pure value that composes `RoundStateMachine`s. `start` asks for round 1; each closed round
/// asks for the next; after the last one every site scores the final model.
///
///     created ─> opening(n) ─> round(n) ─> opening(n+1) … ─> scoring ─> completed
///         └──────────┴────────────┴────────────────────────────┴─> failed
package struct RunStateMachine: Sendable, Hashable {
    /// Where the run is.
    package enum Phase: Sendable, Hashable {
        case created
        case opening(RoundNumber)
        case round(RoundStateMachine)
        case scoring(ScoringStateMachine)
        case completed(model: SHA256Digest, scores: RollCall)
        case failed(RunFailure)
    }

    /// What is fixed for the whole run.
    package let configuration: RunConfiguration
    /// Where the run is.
    package private(set) var phase: Phase = .created
    /// The newest global model.
    package private(set) var model: SHA256Digest
    /// The sites that stay out for the rest of the run.
    package private(set) var excluded: [SiteID: RefusalReason] = [:]

    /// A run that starts from this model.
    package init(_ configuration: RunConfiguration, initialModel: SHA256Digest) {
        self.configuration = configuration
        model = initialModel
    }

    /// The moment at which the run must see a tick; nil while it waits for no site.
    package var deadline: Duration? {
        switch phase {
        case .round(let round): round.deadline
        case .scoring(let scoring): scoring.deadline
        case .created, .opening, .completed, .failed: nil
        }
    }

    /// Whether nothing more will happen.
    package var isOver: Bool {
        switch phase {
        case .completed, .failed: true
        case .created, .opening, .round, .scoring: false
        }
    }

    /// The round that is being opened or is under way, or the last one while scoring and after.
    package var round: RoundNumber {
        switch phase {
        case .created: .initial
        case .opening(let round): round
        case .round(let round): round.round
        case .scoring, .completed: configuration.lastRound
        case .failed(let failure): failure.round
        }
    }

    /// The work of a site now; nil means wait, or go if the run is over.
    package func work(for site: SiteID) -> SiteWork? {
        switch phase {
        case .round(let round): round.work(for: site)
        case .scoring(let scoring): scoring.work(for: site)
        case .created, .opening, .completed, .failed: nil
        }
    }

    /// Whether an update of this site for this round is wanted now.
    package func standing(of site: SiteID, round number: RoundNumber) -> UpdateStanding {
        guard configuration.sites.contains(where: { $0.site == site }) else { return .unknownSite }
        switch phase {
        case .round(let round) where round.round == number: return round.standing(of: site)
        case .created, .opening, .round, .scoring, .completed, .failed:
            return number <= self.round ? .roundClosed : .wrongRound
        }
    }

    /// Takes an event at a monotonic time and returns what is to be done, in order.
    package mutating func on(_ event: RunEvent, at now: Duration) -> [RunEffect] {
        exclude(by: event)
        switch phase {
        case .created:
            switch event {
            case .start: return openRound(.first)
            case .abort(let reason): return fail(.aborted(round: .initial, reason: reason))
            default: return []
            }
        case .opening(let round):
            switch event {
            case .roundOpened(round): return begin(round, at: now)
            case .abort(let reason): return fail(.aborted(round: round, reason: reason))
            default: return turnAway(event)
            }
        case .round(let round): return forward(event, to: round, at: now)
        case .scoring(let scoring): return forward(event, to: scoring, at: now)
        case .completed, .failed: return turnAway(event)
        }
    }

    private mutating func exclude(by event: RunEvent) {
        guard case .siteRefused(let site, let reason) = event, reason.endsParticipation,
            !isOver, excluded[site] == nil
        else { return }
        excluded[site] = reason
    }

    private mutating func openRound(_ round: RoundNumber) -> [RunEffect] {
        phase = .opening(round)
        return [.openRound(round, model: model)]
    }

    private mutating func begin(_ round: RoundNumber, at now: Duration) -> [RunEffect] {
        let machine = RoundStateMachine(
            round: round,
            model: model,
            roster: configuration.sites,
            quorum: configuration.quorum,
            timeLimit: configuration.roundTimeLimit,
            refused: excluded
        )
        return advance(machine, with: .opened, at: now)
    }

    private mutating func forward(
        _ event: RunEvent,
        to round: RoundStateMachine,
        at now: Duration
    ) -> [RunEffect] {
        guard let roundEvent = event.forRound(round.round) else {
            return advance(round, with: .tick, at: now) + turnAway(event)
        }
        return advance(round, with: roundEvent, at: now)
    }

    private mutating func advance(
        _ round: RoundStateMachine,
        with event: RoundStateMachine.Event,
        at now: Duration
    ) -> [RunEffect] {
        var round = round
        let effects = round.on(event, at: now)
        phase = .round(round)
        switch round.state {
        case .planned, .collecting, .aggregating: return effects
        case .failed(let failure, _):
            phase = .failed(failure)
            return effects
        case .closed(_, let model):
            self.model = model
            return effects + afterRound(round.round, at: now)
        }
    }

    private mutating func afterRound(_ round: RoundNumber, at now: Duration) -> [RunEffect] {
        guard round >= configuration.lastRound else { return openRound(round.next) }
        var scoring = ScoringStateMachine(
            round: round,
            model: model,
            roster: configuration.sites,
            deadline: now + configuration.scoreTimeLimit,
            refused: excluded
        )
        let effects = scoring.begin()
        phase = .scoring(scoring)
        return [.requestScores(round, model: model)] + effects + afterScoring(scoring)
    }

    private mutating func forward(
        _ event: RunEvent,
        to scoring: ScoringStateMachine,
        at now: Duration
    ) -> [RunEffect] {
        if case .abort(let reason) = event {
            return fail(.aborted(round: configuration.lastRound, reason: reason))
        }
        var scoring = scoring
        let effects = scoring.on(event, at: now)
        phase = .scoring(scoring)
        return effects + afterScoring(scoring) + turnAway(event)
    }

    private mutating func afterScoring(_ scoring: ScoringStateMachine) -> [RunEffect] {
        guard let rollCall = scoring.result else { return [] }
        guard !rollCall.contributions.isEmpty else {
            return fail(.noScores(round: configuration.lastRound, rollCall: rollCall))
        }
        phase = .completed(model: model, scores: rollCall)
        return [.complete(model: model, scores: rollCall)]
    }

    private mutating func fail(_ failure: RunFailure) -> [RunEffect] {
        phase = .failed(failure)
        return [.fail(failure)]
    }

    private func turnAway(_ event: RunEvent) -> [RunEffect] {
        guard case .updateAccepted(let round, let contribution) = event else { return [] }
        let standing = standing(of: contribution.site, round: round)
        return standing == .counted(contribution.sha256)
            ? [] : [.turnAway(contribution.site, standing)]
    }
}
