/// A closed interval of an estimate, usually a 95 % confidence interval.
package struct Interval: Sendable, Hashable, Codable {
    /// The lower end.
    package let low: Double
    /// The upper end, not below `low`.
    package let high: Double

    /// Makes an interval from its ends.
    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// The part of the interval inside [0, 1], for proportions.
    package var clippedToUnit: Interval {
        Interval(low: min(max(low, 0), 1), high: min(max(high, 0), 1))
    }
}
