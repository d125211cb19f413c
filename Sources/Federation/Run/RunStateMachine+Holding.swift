extension RunStateMachine {
    /// Who holds the run.
    package var heldBy: Set<HoldReason> { holds ?? (isPaused ? [.byOperator] : []) }

    mutating func hold(_ reason: HoldReason, at now: Duration) {
        guard !isOver else { return }
        let all = heldBy.union([reason])
        if pausedAt == nil { pausedAt = now }
        holds = all
    }

    /// Goes on when nobody holds the run any more: its deadlines move by the time it was held.
    mutating func release(_ reason: HoldReason, at now: Duration) -> [RunEffect] {
        guard let pausedAt, now >= pausedAt, heldBy.contains(reason) else { return [] }
        let others = heldBy.subtracting([reason])
        guard others.isEmpty else {
            holds = others
            return []
        }
        self.pausedAt = nil
        holds = nil
        shift(by: now - pausedAt)
        if owesOpening, case .opening(let round) = phase {
            owesOpening = false
            return [.openRound(round, model: model)]
        }
        return configuration.sites.compactMap { share in
            work(for: share.site).map { .assign(share.site, $0) }
        }
    }
}
