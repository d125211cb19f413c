/// Dice over the exams whose reference mask is not empty.
package struct DiceSummary: Sendable, Hashable, Codable {
    /// The median.
    package let median: Double
    /// The quartiles (type 7).
    package let quartiles: Interval
    /// The mean.
    package let mean: Double
    /// Dice of all voxels of these exams together.
    package let pooled: Double
    /// The exams with a reference mask that is not empty.
    package let cases: Count
    /// Exams with an empty reference in which something was marked; not part of the figures above.
    package let falseAlarms: Reported<Count>
    /// Exams with an empty reference in which nothing was marked; not part of the figures above.
    package let trueNegatives: Reported<Count>

    static func report(_ overlaps: [MaskOverlap], policy: DisclosurePolicy) -> Reported<DiceSummary>
    {
        guard !overlaps.isEmpty else { return .withheld(.notEstimable, .noReferenceMasks) }
        let lesions = overlaps.filter { $0.reference > 0 }
        guard !lesions.isEmpty || !policy.showsZero else {
            return .withheld(.notEstimable, .noPositiveCases)
        }
        guard lesions.count >= policy.minimumCases, !policy.isSmall(lesions.count) else {
            return .withheld(.smallCell, .fewCases)
        }
        var pooled = MaskOverlap()
        for overlap in lesions { pooled.add(overlap) }
        let values = lesions.compactMap(\.dice).sorted()
        guard let median = Quantile.type7(sorted: values, 0.5),
            let lower = Quantile.type7(sorted: values, 0.25),
            let upper = Quantile.type7(sorted: values, 0.75), let all = pooled.dice
        else { return .withheld(.notEstimable, .noPositiveCases) }
        let empty = overlaps.filter { $0.reference == 0 }
        let clear = empty.count { $0.areBothEmpty }
        return .value(
            DiceSummary(
                median: policy.roundedScore(median),
                quartiles: Interval(
                    low: policy.roundedScore(lower),
                    high: policy.roundedScore(upper)
                ),
                mean: policy.roundedScore(values.reduce(0, +) / Double(values.count)),
                pooled: policy.roundedScore(all),
                cases: policy.banded(lesions.count),
                falseAlarms: policy.report(empty.count - clear),
                trueNegatives: policy.report(clear)
            )
        )
    }
}
