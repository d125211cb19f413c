/// The AUROC of image tiles against the masks.
///
/// Tiles of one exam resemble each other, so the interval comes from leaving out one exam at a
/// time (jackknife), never from counting tiles as independent.
package struct TileSummary: Sendable, Hashable, Codable {
    /// The area from the histogram, pairs in one bin counting one half.
    package let estimate: Double
    /// The area's exact bounds given the bins.
    package let bounds: Interval
    /// The jackknife standard error; nil when not estimable.
    package let standardError: Double?
    /// The logit 95 % interval from the jackknife, or why there is none.
    package let interval: Reported<Interval>
    /// Exams with scored tiles.
    package let exams: Count
    /// Exams among them with a positive tile.
    package let positiveExams: Count
    /// Positive tiles.
    package let positiveTiles: Count
    /// Negative tiles.
    package let negativeTiles: Count

    static func report(
        _ histograms: [ScoreHistogram],
        policy: DisclosurePolicy
    ) -> Reported<TileSummary> {
        guard var total = histograms.first else {
            return .withheld(.notEstimable, .noReferenceMasks)
        }
        for histogram in histograms.dropFirst() { total.add(histogram) }
        let withPositive = histograms.count { $0.positiveCount > 0 }
        if policy.showsZero, withPositive == 0 {
            return .withheld(.notEstimable, .noPositiveCases)
        }
        guard histograms.count >= policy.minimumCases, !policy.isSmall(histograms.count),
            !policy.isSmall(withPositive)
        else { return .withheld(.smallCell, .fewCases) }
        guard let area = total.auroc, let bounds = total.aurocBounds else {
            return .withheld(
                .notEstimable,
                total.positiveCount == 0 ? .noPositiveCases : .noNegativeCases
            )
        }
        let error = jackknife(histograms, total)
        return .value(
            TileSummary(
                estimate: policy.roundedScore(area),
                bounds: Interval(
                    low: policy.roundedScore(bounds.low),
                    high: policy.roundedScore(bounds.high)
                ),
                standardError: error.map { policy.roundedScore($0 * 100) / 100 },
                interval: interval(area, error, policy),
                exams: policy.banded(histograms.count),
                positiveExams: policy.banded(withPositive),
                positiveTiles: policy.banded(total.positiveCount),
                negativeTiles: policy.banded(total.negativeCount)
            )
        )
    }

    /// √((n−1)/n · Σ (A₋ᵢ − mean)²); nil when leaving out an exam empties a class.
    private static func jackknife(
        _ histograms: [ScoreHistogram],
        _ total: ScoreHistogram
    ) -> Double? {
        guard histograms.count >= 2 else { return nil }
        var areas: [Double] = []
        for histogram in histograms {
            var rest = total
            rest.subtract(histogram)
            guard let area = rest.auroc else { return nil }
            areas.append(area)
        }
        let count = Double(areas.count)
        let mean = areas.reduce(0, +) / count
        let squares = areas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ((count - 1) / count * squares).squareRoot()
    }

    private static func interval(
        _ area: Double,
        _ error: Double?,
        _ policy: DisclosurePolicy
    ) -> Reported<Interval> {
        guard let error else { return .withheld(.notEstimable, .tooFewForVariance) }
        let half = NormalDistribution.critical(level: 0.95) * error / (area * (1 - area))
        guard error > 0, let interval = LogitScale.interval(area, half: half) else {
            return .withheld(.notEstimable, .zeroVariance)
        }
        return .value(
            Interval(
                low: policy.roundedScore(interval.low),
                high: policy.roundedScore(interval.high)
            )
        )
    }
}
