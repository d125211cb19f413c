/// Spreads requests over time: so many a second, and none while the server asks to wait.
actor RequestPace {
    private let interval: Duration
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant

    init(requestsPerSecond: Int) {
        interval = .seconds(1) / max(requestsPerSecond, 1)
        next = ContinuousClock().now
    }

    /// Waits for the turn of one request.
    func turn() async throws {
        let turn = max(next, clock.now)
        next = turn + interval
        try await Task.sleep(until: turn, clock: clock)
    }

    /// Lets nobody have a turn for a while.
    func hold(for time: Duration) { next = max(next, clock.now + time) }
}
