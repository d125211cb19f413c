import Synchronization

/// Where the tasks of a pull note what they did.
final class PullBoard: Sendable {
    private let state = Mutex(PullProgress())
    private let report: @Sendable (PullProgress) -> Void

    init(report: @escaping @Sendable (PullProgress) -> Void) { self.report = report }

    /// How far it has come.
    var progress: PullProgress { state.withLock { $0 } }

    /// Changes the progress and reports it.
    func note(_ change: (inout PullProgress) -> Void) {
        report(
            state.withLock { progress in
                change(&progress)
                return progress
            }
        )
    }
}
