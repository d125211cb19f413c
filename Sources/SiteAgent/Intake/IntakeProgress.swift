import Synchronization

/// Counts the files of an intake that were looked at and that are done, and tells of each.
final class IntakeProgress: Sendable {
    private struct Counts {
        var examined: Int
        var done: Int
        var held: Int
    }

    private let total: Int
    private let counts: Mutex<Counts>
    private let report: @Sendable (AgentEvent) -> Void

    /// Begins with the files that need no work.
    init(done: Int, total: Int, held: Int, report: @escaping @Sendable (AgentEvent) -> Void) {
        self.total = total
        self.report = report
        counts = Mutex(Counts(examined: done, done: done, held: held))
        tell { _ in }
    }

    /// Counts a file that was looked at.
    func countExamined() { tell { $0.examined += 1 } }

    /// Counts a file that is done.
    func countDone(isHeld: Bool) {
        tell { counts in
            counts.done += 1
            if isHeld { counts.held += 1 }
        }
    }

    private func tell(_ change: (inout Counts) -> Void) {
        let now = counts.withLock { counts in
            change(&counts)
            return counts
        }
        report(
            .intake(
                done: now.done,
                examined: now.examined,
                total: total,
                quarantined: now.held
            )
        )
    }
}
