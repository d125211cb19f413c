extension RunStateMachine {
    /// Whether an update that a site trained in a round is wanted by an asynchronous run.
    func standing(
        of site: SiteID,
        round number: RoundNumber,
        in buffer: UpdateBuffer
    ) -> UpdateStanding {
        guard number <= round else { return .wrongRound }
        let counting = countingRound
        let known = buffer.standing(of: site, trainedIn: number, countedIn: counting ?? round)
        if case .counted = known { return known }
        guard let counting, excluded[site] == nil else { return .roundClosed }
        guard known == .expected, case .round(let round) = phase, round.deadline != nil else {
            return number < counting ? known : .wrongRound
        }
        return round.standing(of: site) == .expected ? .expected : .settled
    }

    /// The round in which an update that comes now counts; nil if in none.
    private var countingRound: RoundNumber? {
        switch phase {
        case .round(let round) where round.deadline != nil: round.round
        case .round(let round) where round.round < configuration.lastRound && !round.isOver:
            round.round.next
        case .opening(let round): round
        case .created, .round, .scoring, .completed, .failed: nil
        }
    }

    /// Counts an update in the round under way, or keeps it for the next one while that opens.
    mutating func takeBuffered(
        _ contribution: Contribution,
        trainedIn number: RoundNumber,
        at now: Duration
    ) -> [RunEffect] {
        // The deadline first: an update that arrives after it counts in the next round.
        let closing = step(.tick, at: now)
        guard var buffer, standing(of: contribution.site, round: number) == .expected else {
            return closing + turnAway(.updateAccepted(number, contribution))
        }
        guard case .round(let round) = phase, round.deadline != nil else {
            buffer.keep(contribution, trainedIn: number)
            self.buffer = buffer
            return closing
        }
        buffer.note(contribution, trainedIn: number)
        self.buffer = buffer
        var contribution = contribution
        if number < round.round { contribution.trainedIn = number }
        return closing + advance(round, with: .updateAccepted(contribution), at: now)
    }

    /// What a buffer knows of who works on what after an event of a round.
    func noting(
        _ event: RunEvent,
        of round: RoundStateMachine,
        in buffer: UpdateBuffer
    ) -> UpdateBuffer {
        var buffer = buffer
        switch event {
        case .siteReady(let site):
            if round.work(for: site) != nil {
                buffer.assign(site, round.round, model: round.model)
            }
        case .siteFailed(_, let site, _), .siteRefused(let site, _),
            .updateRejected(_, let site, _):
            buffer.release(site)
        default: break
        }
        return buffer
    }

    /// The models of earlier rounds on which sites are at work.
    package var modelsAtWork: Set<SHA256Digest> { Set(buffer?.models.values ?? [:].values) }
}
