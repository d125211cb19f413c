/// A run as it was at a moment, to be written beside the state it stands for.
///
/// Deadlines are moments of a monotonic clock that ends with the process; what was left of them is
/// kept across a restart.
package struct RunSnapshot: Sendable, Hashable, Codable {
    private let machine: RunStateMachine
    private let savedAt: Duration

    /// The run now.
    package init(_ machine: RunStateMachine, at now: Duration) {
        self.machine = machine
        savedAt = now
    }

    /// The run at a moment of the new clock, and what has to be done again.
    ///
    /// Doing it again is safe: openings and publications are recorded once, and the same updates
    /// give the same model.
    package func restored(at now: Duration) -> (machine: RunStateMachine, effects: [RunEffect]) {
        var machine = machine
        let effects = machine.restart(movingBy: now - savedAt)
        return (machine, effects)
    }
}
