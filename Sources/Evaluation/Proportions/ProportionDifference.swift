/// The interval of a difference of two independent proportions.
package enum ProportionDifference {
    /// The hybrid score interval of Newcombe (1998, method 10), from two Wilson intervals, without
    /// continuity correction; nil where either has no trials.
    ///
    /// - Returns: The interval of `first - second`, within -1 and 1.
    package static func newcombe(
        first: (successes: Int, trials: Int),
        second: (successes: Int, trials: Int),
        level: Double = 0.95
    ) -> Interval? {
        guard
            let one = ProportionInterval.wilson(
                successes: first.successes,
                trials: first.trials,
                level: level
            ),
            let two = ProportionInterval.wilson(
                successes: second.successes,
                trials: second.trials,
                level: level
            )
        else { return nil }
        let (p, q) = (share(first), share(second))
        let down = hypotenuse(p - one.low, two.high - q)
        let up = hypotenuse(one.high - p, q - two.low)
        return Interval(low: max(-1, p - q - down), high: min(1, p - q + up))
    }

    private static func share(_ counts: (successes: Int, trials: Int)) -> Double {
        Double(counts.successes) / Double(counts.trials)
    }

    private static func hypotenuse(_ a: Double, _ b: Double) -> Double {
        (a * a + b * b).squareRoot()
    }
}
