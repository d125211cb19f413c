extension SiteMetrics {
    /// The metrics beside those of another model on the same exams, so that neither gives away what
    /// the other hides.
    ///
    /// Both models' tables have the same class sizes. Where one hides a class size that the other
    /// shows, its own calls are withheld whole, and it then has no cell left that the size protects.
    package func beside(_ other: SiteMetrics) -> SiteMetrics {
        let own = [counts.exams, counts.positives, counts.negatives]
        let others = [other.counts.exams, other.counts.positives, other.counts.negatives]
        let isGivenAway = zip(own, others).contains { $0.value == nil && $1.value != nil }
        guard isGivenAway else { return self }
        return SiteMetrics(
            counts: counts,
            auroc: auroc,
            averagePrecision: averagePrecision,
            operatingPoint: operatingPoint.flatMap { _ in .withheld(.protectsAnotherCell) },
            volumeStrata: volumeStrata.flatMap { _ in .withheld(.protectsAnotherCell) },
            byType: byType.flatMap { _ in .withheld(.protectsAnotherCell) },
            dice: dice,
            tiles: tiles,
            policy: policy
        )
    }
}
