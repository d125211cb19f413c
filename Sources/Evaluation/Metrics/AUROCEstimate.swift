/// An AUROC with DeLong standard error and logit 95 % interval.
package struct AUROCEstimate: Sendable, Hashable, Codable {
    /// The area, 0 to 1.
    package let estimate: Double
    /// DeLong's standard error; nil when not estimable.
    package let standardError: Double?
    /// The logit-scale interval, or why there is none.
    package let interval: Reported<Interval>
    /// For an area of 1: the conservative lower bound (Clopper-Pearson of the smaller class).
    package let conservativeLow: Double?

    init?(_ result: AUROCResult, policy: DisclosurePolicy) {
        guard let area = result.estimate else { return nil }
        estimate = policy.roundedScore(area)
        // Two digits more than the estimate: sites are weighted by it.
        standardError = result.standardError.map { policy.roundedScore($0 * 100) / 100 }
        conservativeLow = result.perfectLowerBound().map(policy.roundedScore)
        interval =
            if let interval = result.logitInterval() {
                .value(
                    Interval(
                        low: policy.roundedScore(interval.low),
                        high: policy.roundedScore(interval.high)
                    )
                )
            } else {
                .withheld(
                    .notEstimable,
                    result.variance == nil ? .tooFewForVariance : .zeroVariance
                )
            }
    }
}
