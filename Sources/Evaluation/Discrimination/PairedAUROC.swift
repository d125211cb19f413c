/// The difference of two AUROCs on the same cases, inside one site (DeLong 1988, paired).
package struct PairedAUROC: Sendable, Hashable {
    /// The first model.
    package let first: AUROCResult
    /// The second model.
    package let second: AUROCResult
    /// The covariance of the two areas; nil with fewer than two cases in a class.
    package let covariance: Double?

    /// Compares two models; `first[i]`, `second[i]` and `labels[i]` are of the same case.
    package init(first: [Double], second: [Double], labels: [Bool]) {
        self.first = AUROC.delong(scores: first, labels: labels)
        self.second = AUROC.delong(scores: second, labels: labels)
        covariance = AUROCResult.covariance(
            (self.first.positivePlacements, self.first.negativePlacements),
            (self.second.positivePlacements, self.second.negativePlacements)
        )
    }

    /// First minus second; nil when a class is empty.
    package var difference: Double? {
        guard let a = first.estimate, let b = second.estimate else { return nil }
        return a - b
    }

    /// The standard error of the difference; nil with fewer than two cases in a class.
    package var standardError: Double? {
        guard let a = first.variance, let b = second.variance, let covariance else { return nil }
        let variance = a + b - 2 * covariance
        // Equal rankings leave a rounding residue; without this it would pass as a variance.
        return variance > 1e-14 * max(a + b, 1e-300) ? variance.squareRoot() : 0
    }

    /// difference / SE; nil when the variance of the difference is 0.
    package var z: Double? {
        guard let difference, let standardError, standardError > 0 else { return nil }
        return difference / standardError
    }

    /// The two-sided p-value against no difference; nil when z is.
    package var pValue: Double? { z.map(NormalDistribution.twoSided) }

    /// difference ± z·SE; nil when the variance of the difference is 0.
    package func interval(level: Double = 0.95) -> Interval? {
        guard let difference, let standardError, standardError > 0 else { return nil }
        let half = NormalDistribution.critical(level: level) * standardError
        return Interval(low: difference - half, high: difference + half)
    }

    /// 2.8·SE: the smallest difference seen with 80 % power at two-sided 5 %; nil when z is.
    package var smallestDetectable: Double? {
        guard let standardError, standardError > 0 else { return nil }
        return 2.8 * standardError
    }
}
