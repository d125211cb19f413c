/// Exponential back-off with full jitter between repeats of a message.
package struct Backoff: Sendable {
    /// The longest delay before the second attempt.
    package var base: Duration
    /// The longest delay at all.
    package var maximum: Duration

    /// 250 ms, doubling, at most 8 s.
    package static let standard = Backoff(base: .milliseconds(250), maximum: .seconds(8))

    /// A random delay before the attempt after `attempt`, which counts from 1.
    package func delay(attempt: Int) -> Duration {
        let ceiling = min(base * (1 << min(attempt - 1, 16)), maximum)
        return ceiling * Double.random(in: 0.5...1)
    }
}
