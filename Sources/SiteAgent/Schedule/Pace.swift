import Synchronization

/// Holds bytes back to a rate, over all connections that share it.
final class Pace: Sendable {
    /// Bytes that pass between two looks at the clock.
    static let pieceBytes = 16 * 1024

    /// Bytes a second.
    let bytesPerSecond: Double
    private let bucket: Mutex<TokenBucket>
    private let start = ContinuousClock.now

    /// A rate with bursts of a quarter second, and of a piece at least.
    init(bytesPerSecond: Double) {
        self.bytesPerSecond = bytesPerSecond
        let burst = max(Double(Self.pieceBytes), bytesPerSecond / 4)
        bucket = Mutex(TokenBucket(bytesPerSecond: bytesPerSecond, burst: burst))
    }

    /// Waits until so many bytes may pass.
    func pass(_ bytes: Int) async throws {
        let wait = bucket.withLock { $0.take(bytes, at: start.duration(to: .now)) }
        guard wait > .zero else { return }
        try await Task.sleep(for: wait)
    }

    /// How long so many bytes take.
    func time(for bytes: Int) -> Duration { .seconds(Double(bytes) / bytesPerSecond) }
}
