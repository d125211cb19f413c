/// A wait with an end: how long it may last, and what it waits for.
struct Patience: Sendable {
    private let reason: String
    private let limit: Duration
    private let hint: String
    private let start = ContinuousClock.now

    /// Begins to wait for `reason`.
    init(_ limit: Duration, for reason: String, hint: String) {
        self.limit = limit
        self.reason = reason
        self.hint = hint
    }

    /// Sleeps a little.
    ///
    /// - Throws: ``DemoError`` saying what was waited for, once the time is over.
    func wait(_ step: Duration) async throws {
        guard ContinuousClock.now - start < limit else {
            throw DemoError("waited \(limit.components.seconds) s for \(reason)", hint: hint)
        }
        try await Task.sleep(for: step)
    }
}
