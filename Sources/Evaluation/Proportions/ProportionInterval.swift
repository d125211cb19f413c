/// Intervals of a proportion: nil when there are no trials.
package enum ProportionInterval {
    /// The score interval of Wilson (1927), without continuity correction: the default on screen.
    package static func wilson(
        successes: Int,
        trials: Int,
        level: Double = 0.95
    ) -> Interval? {
        guard let (x, n, z) = check(successes, trials, level) else { return nil }
        let p = x / n
        let centre = (x + z * z / 2) / (n + z * z)
        let half = z / (n + z * z) * (n * p * (1 - p) + z * z / 4).squareRoot()
        return pinned(Interval(low: centre - half, high: centre + half), successes, trials)
    }

    /// The score interval with continuity correction (R `prop.test`).
    package static func wilsonContinuityCorrected(
        successes: Int,
        trials: Int,
        level: Double = 0.95
    ) -> Interval? {
        guard let (x, n, z) = check(successes, trials, level) else { return nil }
        let p = x / n
        let square = z * z
        let root = { (sign: Double) in
            max(0, square - sign * 2 - 1 / n + 4 * p * (n * (1 - p) + sign)).squareRoot()
        }
        let low = (2 * n * p + square - 1 - z * root(1)) / (2 * (n + square))
        let high = (2 * n * p + square + 1 + z * root(-1)) / (2 * (n + square))
        return pinned(Interval(low: low, high: high).clippedToUnit, successes, trials)
    }

    /// The exact interval of Clopper & Pearson (1934), for regulatory tables.
    package static func clopperPearson(
        successes: Int,
        trials: Int,
        level: Double = 0.95
    ) -> Interval? {
        guard let (x, n, _) = check(successes, trials, level) else { return nil }
        let tail = (1 - level) / 2
        return Interval(
            low: successes == 0 ? 0 : BetaDistribution.quantile(tail, x, n - x + 1),
            high: successes == trials ? 1 : BetaDistribution.quantile(1 - tail, x + 1, n - x)
        )
    }

    /// The interval of Agresti & Coull (1998), clipped to [0, 1].
    package static func agrestiCoull(
        successes: Int,
        trials: Int,
        level: Double = 0.95
    ) -> Interval? {
        guard let (x, n, z) = check(successes, trials, level) else { return nil }
        let p = (x + z * z / 2) / (n + z * z)
        let half = z * (p * (1 - p) / (n + z * z)).squareRoot()
        return Interval(low: p - half, high: p + half).clippedToUnit
    }

    /// The equal-tailed posterior interval under Jeffreys' prior, not set to 0 and 1 at the ends.
    package static func jeffreys(
        successes: Int,
        trials: Int,
        level: Double = 0.95
    ) -> Interval? {
        guard let (x, n, _) = check(successes, trials, level) else { return nil }
        let tail = (1 - level) / 2
        return Interval(
            low: BetaDistribution.quantile(tail, x + 0.5, n - x + 0.5),
            high: BetaDistribution.quantile(1 - tail, x + 0.5, n - x + 0.5)
        )
    }

    private static func check(
        _ successes: Int,
        _ trials: Int,
        _ level: Double
    ) -> (x: Double, n: Double, z: Double)? {
        precondition((0...max(0, trials)).contains(successes), "successes lie within the trials")
        guard trials > 0 else { return nil }
        return (Double(successes), Double(trials), NormalDistribution.critical(level: level))
    }

    /// The algebraic ends at 0 and n, free of rounding.
    private static func pinned(_ interval: Interval, _ successes: Int, _ trials: Int) -> Interval {
        Interval(
            low: successes == 0 ? 0 : interval.low,
            high: successes == trials ? 1 : interval.high
        )
    }
}
