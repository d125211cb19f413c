/// One event and what a run makes of it: the machine afterwards, what has to be done, and whether
/// the update that came with the event counts.
package struct RunStep: Sendable, Hashable {
    /// What became of an update.
    package enum Verdict: Sendable, Hashable {
        /// It counts; `isLate` if in the round after the one it was trained in.
        case counted(isLate: Bool)
        /// It does not.
        case turnedAway(UpdateStanding)
    }

    /// The machine afterwards.
    package let machine: RunStateMachine
    /// What has to be done, in order.
    package let effects: [RunEffect]
    /// What became of the event's update; nil of an event without one.
    package let verdict: Verdict?

    /// Gives an event to a machine at a monotonic time.
    package init(_ machine: RunStateMachine, taking event: RunEvent, at now: Duration) {
        var next = machine
        effects = next.on(event, at: now)
        self.machine = next
        guard case .updateAccepted(let round, let contribution) = event else {
            verdict = nil
            return
        }
        let standing = next.standing(of: contribution.site, round: round)
        guard standing == .counted(contribution.sha256) else {
            verdict = .turnedAway(standing)
            return
        }
        let isInTime = effects.contains { effect in
            guard case .aggregate(_, let all) = effect else { return false }
            return all.contains(contribution)
        }
        verdict = .counted(isLate: !isInTime && (round < next.round || next.hasClosed(round)))
    }
}

extension RunStateMachine {
    /// Whether this round no longer collects.
    fileprivate func hasClosed(_ number: RoundNumber) -> Bool {
        guard case .round(let round) = phase, round.round == number else { return false }
        return round.deadline == nil
    }
}
