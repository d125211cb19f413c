/// A run: one plan carried out by the approved sites, round after round, then scored by all.
///
/// A pure value that composes `RoundStateMachine`s. `start` asks for round 1; each closed round
/// asks for the next; after the last one every site scores the final model.
///
///     created ─> opening(n) ─> round(n) ─> opening(n+1) … ─> scoring ─> completed
///         └──────────┴────────────┴────────────────────────────┴─> failed
///
/// Held, it takes what is sent but gives no work, opens nothing, and its time stands still. It can
/// be saved and restored at any moment as a ``RunSnapshot``.
package struct RunStateMachine: Sendable, Hashable, Codable {
    /// Where the run is.
    package enum Phase: Sendable, Hashable, Codable {
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
    package internal(set) var phase: Phase = .created
    /// The newest global model.
    package private(set) var model: SHA256Digest
    /// The control variate that goes with it; nil before the first round, and of rules without one.
    package private(set) var control: SHA256Digest?
    /// The sites that stay out for the rest of the run.
    package private(set) var excluded: [SiteID: RefusalReason] = [:]

    /// The models that were scored.
    package private(set) var candidates: ModelSelection

    /// The norms of the updates that the last closed round counted: what is usual in this run.
    package private(set) var norms: [Double] = []

    var pausedAt: Duration?
    var holds: Set<HoldReason>?
    var owesOpening = false
    var buffer: UpdateBuffer?
    private var door: LateDoor?
    private var finalRound: RoundNumber?

    /// A run that starts from this model.
    package init(_ configuration: RunConfiguration, initialModel: SHA256Digest) {
        self.configuration = configuration
        model = initialModel
        candidates = ModelSelection(configuration.selection)
        buffer = configuration.maximumStaleness.map(UpdateBuffer.init(maximumStaleness:))
    }

    /// Whether somebody holds the run.
    package var isPaused: Bool { pausedAt != nil }

    /// The moment at which time alone changes something; nil while nothing can.
    package var nextWake: Duration? {
        guard !isPaused else { return nil }
        return if case .round(let round) = phase { round.nextWake } else { deadline }
    }

    /// The end of the sites' time; nil while none runs.
    package var deadline: Duration? {
        guard !isPaused else { return nil }
        return switch phase {
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
        case .scoring, .completed: finalRound ?? configuration.lastRound
        case .failed(let failure): failure.round
        }
    }

    /// The work of a site now; nil means wait, or go if the run is over.
    package func work(for site: SiteID) -> SiteWork? {
        guard !isPaused else { return nil }
        return switch phase {
        case .round(let round): round.work(for: site)
        case .scoring(let scoring): scoring.work(for: site)
        case .created, .opening, .completed, .failed: nil
        }
    }

    /// Whether an update of this site for this round is wanted now.
    package func standing(of site: SiteID, round number: RoundNumber) -> UpdateStanding {
        guard configuration.sites.contains(where: { $0.site == site }) else { return .unknownSite }
        if let buffer { return standing(of: site, round: number, in: buffer) }
        if let door, door.round == number, excluded[site] == nil, !isOver,
            let standing = door.standing(of: site)
        {
            return standing
        }
        switch phase {
        case .round(let round) where round.round == number: return round.standing(of: site)
        case .created, .opening, .round, .scoring, .completed, .failed:
            return number <= self.round ? .roundClosed : .wrongRound
        }
    }

    /// Takes an event at a monotonic time and returns what is to be done, in order.
    package mutating func on(_ event: RunEvent, at now: Duration) -> [RunEffect] {
        if case .release(let reason) = event { return release(reason, at: now) }
        let now = pausedAt.map { min($0, now) } ?? now
        switch event {
        case .hold(let reason):
            hold(reason, at: now)
            return []
        case .siteReady where isPaused: return []
        case .updateAccepted(let round, let contribution) where buffer != nil:
            return takeBuffered(contribution, trainedIn: round, at: now)
        case .updateAccepted(let round, let contribution)
        where configuration.rules.stragglers == .countLate:
            // The deadline first: an update that arrives after it is late without a tick between.
            let closing = step(.tick, at: now)
            if takeLate(round, contribution) { return closing }
            let isDecided = door?.round == round && door?.standing(of: contribution.site) != nil
            return closing + (isDecided ? turnAway(event) : step(event, at: now))
        default: return step(event, at: now)
        }
    }

    /// Moves all moments to the clock of a new process and returns what has to be done again.
    ///
    /// A coordinator that was away heard nobody: from now on silence counts anew.
    mutating func restart(movingBy offset: Duration, at now: Duration) -> [RunEffect] {
        shift(by: offset)
        pausedAt = pausedAt.map { $0 + offset }
        if case .round(var round) = phase {
            round.hearAgain(from: pausedAt ?? now)
            phase = .round(round)
        }
        switch phase {
        case .opening(let round) where !owesOpening: return [.openRound(round, model: model)]
        case .round(let round): return round.pendingEffects
        default: return []
        }
    }

    /// Late updates that the next round will count.
    var lateContributions: [Contribution] { door?.contributions ?? [] }

    mutating func shift(by offset: Duration) {
        switch phase {
        case .round(var round):
            round.shift(by: offset)
            phase = .round(round)
        case .scoring(var scoring):
            scoring.shift(by: offset)
            phase = .scoring(scoring)
        case .created, .opening, .completed, .failed: break
        }
    }

    mutating func step(_ event: RunEvent, at now: Duration) -> [RunEffect] {
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
        case .round(let round):
            if case .aggregated(round.round, _, let control) = event,
                case .aggregating = round.state
            {
                self.control = control
            }
            if let buffer { self.buffer = noting(event, of: round, in: buffer) }
            return forward(event, to: round, at: now)
        case .scoring(let scoring): return forward(event, to: scoring, at: now)
        case .completed, .failed: return turnAway(event)
        }
    }

    private mutating func takeLate(_ number: RoundNumber, _ contribution: Contribution) -> Bool {
        guard var door, door.round == number,
            standing(of: contribution.site, round: number) == .expected
        else { return false }
        let late = door.take(contribution)
        self.door = door
        if case .round(var round) = phase, round.round > number {
            round.carry(late)
            phase = .round(round)
        }
        return true
    }

    private mutating func exclude(by event: RunEvent) {
        guard case .siteRefused(let site, let reason) = event, reason.endsParticipation,
            !isOver, excluded[site] == nil
        else { return }
        excluded[site] = reason
    }

    private mutating func openRound(_ round: RoundNumber) -> [RunEffect] {
        phase = .opening(round)
        owesOpening = isPaused
        return isPaused ? [] : [.openRound(round, model: model)]
    }

    private mutating func begin(_ round: RoundNumber, at now: Duration) -> [RunEffect] {
        var machine = RoundStateMachine(
            round: round,
            model: model,
            roster: configuration.sites,
            quorum: configuration.quorum,
            timeLimit: configuration.roundTimeLimit,
            refused: notAsked(in: round),
            rules: configuration.rules
        )
        for late in door?.contributions ?? [] { machine.carry(late) }
        if var buffer {
            buffer.forget(olderThan: round)
            machine.noteAtWork(buffer.models.keys.sorted(), at: now)
            machine.begin(with: buffer.takeWaiting())
            self.buffer = buffer
        }
        return advance(machine, with: .opened, at: now)
    }

    /// The sites that stay out of a round: for good, or because the draw left them out.
    private func notAsked(in round: RoundNumber) -> [SiteID: RefusalReason] {
        guard let sampling = configuration.sampling else { return excluded }
        let able = configuration.sites.map(\.site).filter { excluded[$0] == nil }
        let drawn = sampling.draw(from: able, seed: configuration.seed, round: round)
        var refused = excluded
        for site in able where !drawn.contains(site) { refused[site] = .notSampled }
        return refused
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

    mutating func advance(
        _ round: RoundStateMachine,
        with event: RoundStateMachine.Event,
        at now: Duration
    ) -> [RunEffect] {
        var round = round
        let wasCollecting = round.deadline != nil
        let effects = round.on(event, at: now)
        phase = .round(round)
        switch round.state {
        case .planned, .collecting: return effects
        case .aggregating:
            let countsLate = configuration.rules.stragglers == .countLate
            if wasCollecting && countsLate && round.round < configuration.lastRound {
                door = LateDoor(round: round.round, late: round.unsettledSites)
            } else if wasCollecting {
                door = nil
            }
            return effects
        case .failed(let failure, _):
            phase = .failed(failure)
            return effects
        case .closed(let rollCall, let model):
            candidates.note(round.model, rollCall)
            norms = rollCall.contributions.compactMap(\.norm)
            self.model = model
            return effects + afterRound(round.round, at: now)
        }
    }

    private mutating func afterRound(_ round: RoundNumber, at now: Duration) -> [RunEffect] {
        guard round >= configuration.lastRound || candidates.shouldStop else {
            return openRound(round.next)
        }
        finalRound = round
        door = nil
        return score(round, at: now)
    }

    private mutating func score(_ round: RoundNumber, at now: Duration) -> [RunEffect] {
        var scoring = ScoringStateMachine(
            round: round,
            model: model,
            roster: configuration.sites,
            deadline: now + configuration.scoreTimeLimit,
            refused: excluded
        )
        let effects = scoring.begin()
        phase = .scoring(scoring)
        return [.requestScores(round, model: model)] + effects + afterScoring(scoring, at: now)
    }

    private mutating func forward(
        _ event: RunEvent,
        to scoring: ScoringStateMachine,
        at now: Duration
    ) -> [RunEffect] {
        if case .abort(let reason) = event {
            return fail(.aborted(round: scoring.round, reason: reason))
        }
        var scoring = scoring
        let effects = scoring.on(event, at: now)
        phase = .scoring(scoring)
        return effects + afterScoring(scoring, at: now) + turnAway(event)
    }

    private mutating func afterScoring(
        _ scoring: ScoringStateMachine,
        at now: Duration
    ) -> [RunEffect] {
        guard let rollCall = scoring.result else { return [] }
        guard !rollCall.contributions.isEmpty else {
            return fail(.noScores(round: scoring.round, rollCall: rollCall))
        }
        candidates.note(scoring.model, rollCall)
        let result = candidates.result(last: scoring.model)
        if result != model {
            // An earlier model is better: the sites' figures of the result must be of the result.
            model = result
            return score(scoring.round, at: now)
        }
        phase = .completed(model: model, scores: rollCall)
        return [.complete(model: model, scores: rollCall)]
    }

    private mutating func fail(_ failure: RunFailure) -> [RunEffect] {
        phase = .failed(failure)
        return [.fail(failure)]
    }

    func turnAway(_ event: RunEvent) -> [RunEffect] {
        guard case .updateAccepted(let round, let contribution) = event else { return [] }
        let standing = standing(of: contribution.site, round: round)
        return standing == .counted(contribution.sha256)
            ? [] : [.turnAway(contribution.site, standing)]
    }
}
