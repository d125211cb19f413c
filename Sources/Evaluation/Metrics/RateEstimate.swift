/// A proportion with its Wilson 95 % interval and the counts it comes from.
package struct RateEstimate: Sendable, Hashable, Codable {
    /// The proportion, 0 to 1.
    package let estimate: Double
    /// The Wilson 95 % interval.
    package let interval: Interval
    /// The counted cases.
    package let numerator: Count
    /// The cases they were counted among.
    package let denominator: Count

    /// Makes the estimate rounded and banded by a policy; nil when the denominator is 0.
    init?(_ numerator: Int, of denominator: Int, policy: DisclosurePolicy) {
        guard
            let interval = ProportionInterval.wilson(successes: numerator, trials: denominator)
        else { return nil }
        estimate = policy.roundedRate(Double(numerator) / Double(denominator))
        self.interval = Interval(
            low: policy.roundedRate(interval.low),
            high: policy.roundedRate(interval.high)
        )
        self.numerator = policy.banded(numerator)
        self.denominator = policy.banded(denominator)
    }
}
