/// How fast bytes may pass: a token bucket as a value, whose clock is whoever asks.
///
/// Tokens come in at the rate, up to the burst; who takes more than there are goes into debt and
/// waits until it is paid, so that one request may be larger than the burst. Within any time t at
/// most `burst + rate × t` bytes pass, beyond the one request that is under way.
package struct TokenBucket: Sendable, Hashable {
    /// Bytes a second, above 0.
    package let bytesPerSecond: Double
    /// The bytes that may pass at once after a pause.
    package let burst: Double
    private var tokens: Double
    private var filled: Duration = .zero

    /// A full bucket.
    package init(bytesPerSecond: Double, burst: Double) {
        precondition(bytesPerSecond > 0 && burst > 0, "a bucket lets something through")
        self.bytesPerSecond = bytesPerSecond
        self.burst = burst
        tokens = burst
    }

    /// Takes bytes at a moment that is not before the last one; the time to wait before they pass.
    package mutating func take(_ bytes: Int, at now: Duration) -> Duration {
        let seconds = max(.zero, now - filled) / .seconds(1)
        tokens = min(burst, tokens + seconds * bytesPerSecond)
        filled = max(now, filled)
        tokens -= Double(bytes)
        return tokens >= 0 ? .zero : .seconds(-tokens / bytesPerSecond)
    }
}
