/// One round of a run: who is asked, who answered, when it closes and whether it counts.
///
/// A pure value: events and the monotonic time go in, effects come out; no clock, no randomness,
/// no I/O. The server performs the effects in order and the simulator runs the same code.
///
///     planned ── opened ──> collecting ──┬─> aggregating ── aggregated ──> closed
///                                        └─> failed (quorum, aggregation, abort)
///
/// Collecting ends as soon as every site's part has ended, or the deadline is reached (unless the
/// rules say to wait or to give more time), or the quorum can no longer be met, or someone closes. Time is looked at before the event, so an update that arrives
/// after the deadline is late even if no tick came between.
package struct RoundStateMachine: Sendable, Hashable, Codable {
    /// Where the round is.
    package enum State: Sendable, Hashable, Codable {
        case planned
        case collecting(deadline: Duration)
        case aggregating(RollCall)
        case closed(RollCall, model: SHA256Digest)
        case failed(RunFailure, RollCall)
    }

    /// What can happen to a round.
    package enum Event: Sendable, Hashable {
        /// The opening is durably recorded; time runs from now.
        case opened
        /// A site asks for work.
        case siteReady(SiteID)
        /// A site stays out, or is kept out.
        case siteRefused(SiteID, RefusalReason)
        /// A site's update passed the gate and is durably stored.
        case updateAccepted(Contribution)
        /// A site's update did not pass the gate.
        case updateRejected(SiteID, UpdateRejection.Code)
        /// A site cannot go on.
        case siteFailed(SiteID, SiteFailure.Kind)
        /// A site at work is alive.
        case heartbeat(SiteID)
        /// The operator takes what has come, if it is a quorum.
        case close
        /// Time has passed.
        case tick
        /// The next global model is durably stored.
        case aggregated(SHA256Digest)
        /// The updates could not be combined.
        case aggregationFailed(FederationError.Code)
        /// Someone ends the round.
        case abort(RunFailure.AbortReason)
    }

    /// The number of the round.
    package let round: RoundNumber
    /// The global model the sites start from.
    package let model: SHA256Digest
    /// What the round needs to count.
    package let quorum: Quorum
    /// How long the sites have from the opening.
    package let timeLimit: Duration
    /// Where the round is.
    package private(set) var state: State = .planned

    private let rules: RoundRules
    private var book: RollCallBook
    private var extensionsLeft: Int
    private var isOverdue = false

    /// A planned round for sites with distinct ids; those in `refused` stay out from the start.
    package init(
        round: RoundNumber,
        model: SHA256Digest,
        roster: [SiteShare],
        quorum: Quorum,
        timeLimit: Duration,
        refused: [SiteID: RefusalReason] = [:],
        rules: RoundRules = RoundRules()
    ) {
        self.rules = rules
        extensionsLeft = rules.extensions
        self.round = round
        self.model = model
        self.quorum = quorum
        self.timeLimit = timeLimit
        book = RollCallBook(
            roster: roster,
            refused: refused,
            countsLater: rules.buffer != nil
        )
    }

    /// The moment at which the round must see a tick; nil while it waits for no site.
    package var deadline: Duration? {
        if case .collecting(let deadline) = state { deadline } else { nil }
    }

    /// The moment at which time alone changes something: the deadline, or a silence; nil if none.
    package var nextWake: Duration? {
        guard let deadline else { return nil }
        let silence = book.nextSilence(limit: rules.silenceLimit)
        return isOverdue ? silence : min(deadline, silence ?? deadline)
    }

    /// Before the round opens: the sites that are at work since an earlier one.
    mutating func noteAtWork(_ sites: [SiteID], at now: Duration) {
        for site in sites where book.standing(of: site) == .expected {
            book.noteAsked(site)
            _ = book.hear(site, at: now)
        }
    }

    /// Before the round opens: counts updates of earlier rounds in this one.
    mutating func begin(with contributions: [Contribution]) {
        for contribution in contributions
        where book.standing(of: contribution.site) == .expected {
            book.settle(contribution.site, .contributed(contribution))
        }
    }

    /// Keeps an update of the round before; it counts if the site sends no newer one.
    mutating func carry(_ contribution: Contribution) { book.carry(contribution) }

    /// The update of the round before that is kept for a site.
    func carried(_ site: SiteID) -> Contribution? { book.carried(site) }

    /// The updates that are in the result, or will be if nothing newer comes.
    var heldContributions: [Contribution] { rollCall.contributions }

    /// Lets the silence of every site begin at a moment.
    mutating func hearAgain(from now: Duration) { book.hearAgain(from: now) }

    /// Moves all moments to another epoch.
    mutating func shift(by offset: Duration) {
        if case .collecting(let deadline) = state {
            state = .collecting(deadline: deadline + offset)
        }
        book.shift(by: offset)
    }

    /// Whether nothing more will happen.
    var isOver: Bool {
        switch state {
        case .planned, .collecting, .aggregating: false
        case .closed, .failed: true
        }
    }

    /// What has to be done again after a restart: nothing but an aggregation under way.
    var pendingEffects: [RunEffect] {
        guard case .aggregating(let rollCall) = state else { return [] }
        return [.aggregate(round, rollCall.contributions)]
    }

    /// The sites whose part has not ended, ascending by id; what a person wants to know.
    package var openSites: [SiteID] { deadline == nil ? [] : book.open }

    /// The sites that were asked and have not answered, also after the round closed; one whose
    /// update of the round before was counted in their place is among them.
    var unsettledSites: [SiteID] { book.open }

    /// The roll-call as it stands, with open sites counted as late.
    package var rollCall: RollCall {
        switch state {
        case .planned, .collecting: book.rollCall
        case .aggregating(let rollCall), .closed(let rollCall, _), .failed(_, let rollCall):
            rollCall
        }
    }

    /// The work of a site now, if it has any.
    package func work(for site: SiteID) -> SiteWork? {
        guard deadline != nil, book.standing(of: site) == .expected else { return nil }
        return .train(round, model: model)
    }

    /// Whether an update of this site is wanted now.
    package func standing(of site: SiteID) -> UpdateStanding {
        let standing = book.standing(of: site)
        return standing == .expected && deadline == nil ? .roundClosed : standing
    }

    /// Takes an event at a monotonic time and returns what is to be done, in order.
    package mutating func on(_ event: Event, at now: Duration) -> [RunEffect] {
        let closing = closeIfDue(at: now) + noticeSilence(at: now)
        switch event {
        case .tick: return closing
        case .heartbeat(let site): return closing + hear(site, at: now)
        case .close:
            guard deadline != nil, book.meets(quorum, includingOpen: false) else { return closing }
            return closing + closeCollection()
        case .opened: return closing + open(at: now)
        case .siteReady(let site): return closing + assign(site)
        case .siteRefused(let site, let reason):
            return closing + settle(site, .refused(reason))
        case .updateAccepted(let contribution):
            return closing + settle(contribution.site, .contributed(contribution))
        case .updateRejected(let site, let code):
            return closing + settle(site, .failed(.rejected(code)))
        case .siteFailed(let site, let kind):
            return closing + settle(site, .failed(.reported(kind)))
        case .aggregated(let model): return closing + finish(with: model)
        case .aggregationFailed(let code):
            guard case .aggregating(let rollCall) = state else { return closing }
            return closing + fail(.aggregation(round: round, code: code), rollCall)
        case .abort(let reason): return closing + abort(reason)
        }
    }

    private mutating func open(at now: Duration) -> [RunEffect] {
        guard case .planned = state else { return [] }
        state = .collecting(deadline: now + timeLimit)
        let work = SiteWork.train(round, model: model)
        return book.open.map { .assign($0, work) } + closeIfDecided()
    }

    private mutating func assign(_ site: SiteID) -> [RunEffect] {
        guard let work = work(for: site) else { return [] }
        book.noteAsked(site)
        return [.assign(site, work)]
    }

    private mutating func settle(_ site: SiteID, _ outcome: SiteOutcome) -> [RunEffect] {
        let standing = standing(of: site)
        guard standing == .expected else {
            if let contribution = outcome.contribution,
                standing != .counted(contribution.sha256)
            {
                return [.turnAway(site, standing)]
            }
            return []
        }
        book.noteAsked(site)
        book.settle(site, outcome)
        return closeIfDecided()
    }

    private mutating func closeIfDecided() -> [RunEffect] {
        let isHopeless = !book.meets(quorum, includingOpen: true)
        return book.isComplete || isFull || isHopeless ? closeCollection() : []
    }

    private var isFull: Bool {
        guard let buffer = rules.buffer else { return false }
        return book.contributionCount >= buffer && book.meets(quorum, includingOpen: false)
    }

    private mutating func closeIfDue(at now: Duration) -> [RunEffect] {
        guard let deadline, now >= deadline, !isOverdue else { return [] }
        if rules.stragglers == .wait && !book.isComplete {
            isOverdue = true
            return [.alarm(round, .overdue(book.open))]
        }
        if extensionsLeft > 0 && !book.meets(quorum, includingOpen: false) {
            extensionsLeft -= 1
            state = .collecting(deadline: max(now, deadline) + timeLimit)
            return [.alarm(round, .extended(book.open))]
        }
        return closeCollection()
    }

    private mutating func noticeSilence(at now: Duration) -> [RunEffect] {
        guard deadline != nil else { return [] }
        return book.newlySilent(at: now, limit: rules.silenceLimit)
            .map { .alarm(round, .siteSilent($0)) }
    }

    private mutating func hear(_ site: SiteID, at now: Duration) -> [RunEffect] {
        guard deadline != nil, book.standing(of: site) == .expected else { return [] }
        return book.hear(site, at: now) ? [.alarm(round, .siteReturned(site))] : []
    }

    private mutating func closeCollection() -> [RunEffect] {
        let rollCall = book.rollCall
        guard book.meets(quorum, includingOpen: false) else {
            return fail(.quorum(round: round, rollCall: rollCall, quorum: quorum), rollCall)
        }
        state = .aggregating(rollCall)
        return [.aggregate(round, rollCall.contributions)]
    }

    private mutating func finish(with model: SHA256Digest) -> [RunEffect] {
        guard case .aggregating(let rollCall) = state else { return [] }
        state = .closed(rollCall, model: model)
        let alarm = rollCall.largestMissingSite.map {
            RunEffect.alarm(round, .largestSiteMissing($0))
        }
        return [.publishModel(round, model), .closeRound(round, rollCall)]
            + (alarm.map { [$0] } ?? [])
    }

    private mutating func abort(_ reason: RunFailure.AbortReason) -> [RunEffect] {
        switch state {
        case .planned, .collecting, .aggregating:
            fail(.aborted(round: round, reason: reason), rollCall)
        case .closed, .failed: []
        }
    }

    private mutating func fail(_ failure: RunFailure, _ rollCall: RollCall) -> [RunEffect] {
        state = .failed(failure, rollCall)
        return [.closeRound(round, rollCall), .fail(failure)]
    }
}
