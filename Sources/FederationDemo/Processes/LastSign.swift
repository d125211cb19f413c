import Synchronization

/// When something was heard of a child last.
final class LastSign: Sendable {
    private let at = Mutex(ContinuousClock.now)

    /// The time.
    var time: ContinuousClock.Instant { at.withLock { $0 } }

    /// Notes that something was heard now.
    func note() { at.withLock { $0 = .now } }
}
