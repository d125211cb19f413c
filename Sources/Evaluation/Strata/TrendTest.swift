/// The Cochran-Armitage test for a trend of proportions over ordered strata.
package struct TrendTest: Sendable, Hashable {
    /// The chi-square statistic with one degree of freedom, no correction.
    package let chiSquare: Double
    /// Its p-value.
    package let pValue: Double

    /// Tests `successes[i]` of `trials[i]` against `scores[i]`; nil when nothing varies.
    package init?(successes: [Int], trials: [Int], scores: [Double]) {
        precondition(successes.count == trials.count && trials.count == scores.count)
        let n = Double(trials.reduce(0, +))
        guard n > 0 else { return nil }
        let p = Double(successes.reduce(0, +)) / n
        var cross = 0.0
        var first = 0.0
        var second = 0.0
        for index in trials.indices {
            let weight = Double(trials[index])
            cross += scores[index] * (Double(successes[index]) - weight * p)
            first += weight * scores[index]
            second += weight * scores[index] * scores[index]
        }
        let variance = p * (1 - p) * (second - first * first / n)
        guard variance > 0 else { return nil }
        chiSquare = cross * cross / variance
        pValue = NormalDistribution.twoSided(chiSquare.squareRoot())
    }
}
