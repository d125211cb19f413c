/// An AUROC with what its intervals and paired comparisons need.
///
/// The placement values are case-level data (evaluation.md 3.2): they must not leave a site.
package struct AUROCResult: Sendable, Hashable {
    /// The number of positive cases.
    package let positives: Int
    /// The number of negative cases.
    package let negatives: Int
    /// Pairs ranked correctly, ties half; nil when a class is empty.
    package let mannWhitneyU: Double?
    /// V10 of DeLong, in the order of the positive cases: the fraction of negatives below each.
    package let positivePlacements: [Double]
    /// V01 of DeLong, in the order of the negative cases: the fraction of positives above each.
    package let negativePlacements: [Double]
    /// DeLong's variance; nil with fewer than two cases in a class.
    package let variance: Double?

    init(positives: Int, negatives: Int) {
        self.positives = positives
        self.negatives = negatives
        mannWhitneyU = nil
        positivePlacements = []
        negativePlacements = []
        variance = nil
    }

    init(positivePlacements: [Double], negativePlacements: [Double], mannWhitneyU: Double) {
        positives = positivePlacements.count
        negatives = negativePlacements.count
        self.mannWhitneyU = mannWhitneyU
        self.positivePlacements = positivePlacements
        self.negativePlacements = negativePlacements
        variance = Self.covariance(
            (positivePlacements, negativePlacements),
            (positivePlacements, negativePlacements)
        )
    }

    /// The area; nil when a class is empty.
    package var estimate: Double? {
        mannWhitneyU.map { $0 / (Double(positives) * Double(negatives)) }
    }

    /// The square root of the variance.
    package var standardError: Double? { variance?.squareRoot() }

    /// Whether the variance is 0 (perfect, reversed or constant scores), so no interval is honest.
    package var isDegenerate: Bool { variance == 0 }

    /// estimate ± z·SE clipped to [0, 1], as pROC gives it; a point when degenerate.
    package func waldInterval(level: Double = 0.95) -> Interval? {
        guard let estimate, let standardError else { return nil }
        let half = NormalDistribution.critical(level: level) * standardError
        return Interval(low: estimate - half, high: estimate + half).clippedToUnit
    }

    /// expit(logit(A) ± z·SE/(A(1−A))); nil when degenerate: the default for display.
    package func logitInterval(level: Double = 0.95) -> Interval? {
        guard let estimate, let standardError, !isDegenerate else { return nil }
        let z = NormalDistribution.critical(level: level)
        return LogitScale.interval(estimate, half: z * standardError / (estimate * (1 - estimate)))
    }

    /// A conservative lower bound for a perfect area: Clopper-Pearson of k out of k, k = min(m, n).
    package func perfectLowerBound(level: Double = 0.95) -> Double? {
        guard estimate == 1 else { return nil }
        let k = min(positives, negatives)
        return ProportionInterval.clopperPearson(successes: k, trials: k, level: level)?.low
    }

    /// The standard error of Hanley & McNeil (1982), from the area and the counts alone.
    package var hanleyMcNeilStandardError: Double? {
        guard let area = estimate else { return nil }
        let q1 = area / (2 - area)
        let q2 = 2 * area * area / (1 + area)
        let square = area * area
        let sum =
            area * (1 - area) + Double(positives - 1) * (q1 - square)
            + Double(negatives - 1) * (q2 - square)
        return max(0, sum / (Double(positives) * Double(negatives))).squareRoot()
    }

    typealias Placements = (positive: [Double], negative: [Double])

    /// S10/m + S01/n of two models on the same cases; nil with fewer than two in a class.
    static func covariance(_ a: Placements, _ b: Placements) -> Double? {
        guard let s10 = sampleCovariance(a.positive, b.positive),
            let s01 = sampleCovariance(a.negative, b.negative)
        else { return nil }
        return s10 / Double(a.positive.count) + s01 / Double(a.negative.count)
    }

    private static func sampleCovariance(_ a: [Double], _ b: [Double]) -> Double? {
        guard a.count >= 2 else { return nil }
        let count = Double(a.count)
        let meanA = a.reduce(0, +) / count
        let meanB = b.reduce(0, +) / count
        var sum = 0.0
        for (x, y) in zip(a, b) { sum += (x - meanA) * (y - meanB) }
        return sum / (count - 1)
    }
}
