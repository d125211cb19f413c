import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability below `x`.
    package static func cumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// The two-sided p-value of a z statistic.
    package static func twoSided(_ z: Double) -> Double { erfc(z.magnitude / 2.0.squareRoot()) }

    /// The z with half of `1 - level` beyond it on each side; 1.96 for 0.95.
    package static func critical(level: Double) -> Double { -quantile((1 - level) / 2) }

    /// The value below which a fraction `p` in (0, 1) lies, to full double precision.
    package static func quantile(_ p: Double) -> Double {
        precondition(p > 0 && p < 1, "a quantile needs a fraction between 0 and 1")
        if p > 0.5 { return -quantile(1 - p) }
        // Newton on the log of the tail converges from this start for every p in double range.
        var x = -(max(0, -2 * log(2 * p))).squareRoot()
        for _ in 0..<60 {
            let tail = cumulative(x)
            let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
            let step = (log(tail) - log(p)) * tail / density
            x -= step
            if step.magnitude <= 1e-15 * max(1, x.magnitude) { break }
        }
        return x
    }
}
