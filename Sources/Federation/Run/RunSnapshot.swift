/// A run as it was at a moment, to be written beside the state it stands for.
///
/// Deadlines are moments of a monotonic clock that ends with the process; what was left of them is
/// kept across a restart.
package struct RunSnapshot: Sendable, Hashable, Codable {
    private let stage: RunStage
    private let savedAt: Duration

    /// The run now.
    package init(_ stage: RunStage, at now: Duration) {
        self.stage = stage
        savedAt = now
    }

    /// The run at a moment of the new clock, and what has to be done again.
    ///
    /// Doing it again is safe: openings and publications are recorded once, and the same updates
    /// give the same model.
    package func restored(at now: Duration) -> (stage: RunStage, effects: [RunEffect]) {
        switch stage {
        case .approval(var approval):
            approval.shift(by: now - savedAt)
            return (.approval(approval), [])
        case .rounds(var machine):
            let effects = machine.restart(movingBy: now - savedAt, at: now)
            return (.rounds(machine), effects)
        }
    }
}
