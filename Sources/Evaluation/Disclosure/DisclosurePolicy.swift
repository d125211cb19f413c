/// A site's rules for what an aggregate must look like before it leaves (evaluation.md 3.3).
///
/// Absent keys take the defaults when it is read from a site file.
package struct DisclosurePolicy: Sendable, Hashable {
    /// A count c with 0 < c < minimumCell is withheld, with every rate made from it.
    package var minimumCell = 5
    /// Whether 0 is shown; it says "none had it", which readers need and some sites cannot say.
    package var showsZero = true
    /// The positive cases an AUROC needs before it leaves.
    package var minimumPositives = 10
    /// The negative cases an AUROC needs before it leaves.
    package var minimumNegatives = 10
    /// The cases a summary of per-case values (Dice, tiles) needs before it leaves.
    package var minimumCases = 5
    /// The lower edges of bands that replace counts, ascending from 0; nil for exact counts.
    ///
    /// An interval's width still tells n roughly; bands keep it out of tables, not of inference.
    package var countBands: [Int]?
    /// The decimals of rates and their intervals: 3 is a percentage to 0.1.
    package var rateDecimals = 3
    /// The decimals of AUROC, Dice and their intervals.
    package var scoreDecimals = 4
    /// The metrics this site releases at all; nil leaves the choice to the plan.
    package var allowed: Set<MetricKind>?

    /// Makes the default policy: k = 5, ten of each class, exact counts of 5 and more.
    package init() {}

    /// The default policy.
    package static let standard = DisclosurePolicy()

    /// For data that is public already: nothing is small.
    ///
    /// A site that holds patients' data must not use it.
    package static let publicData: DisclosurePolicy = {
        var policy = DisclosurePolicy()
        policy.minimumCell = 1
        policy.minimumPositives = 1
        policy.minimumNegatives = 1
        policy.minimumCases = 1
        return policy
    }()

    /// The policy that satisfies both; output pooled over sites uses the strictest of all.
    package func stricter(_ other: DisclosurePolicy) -> DisclosurePolicy {
        var policy = self
        policy.minimumCell = max(minimumCell, other.minimumCell)
        policy.showsZero = showsZero && other.showsZero
        policy.minimumPositives = max(minimumPositives, other.minimumPositives)
        policy.minimumNegatives = max(minimumNegatives, other.minimumNegatives)
        policy.minimumCases = max(minimumCases, other.minimumCases)
        policy.rateDecimals = min(rateDecimals, other.rateDecimals)
        policy.scoreDecimals = min(scoreDecimals, other.scoreDecimals)
        // Edges that both have make bands that are unions of the bands of each.
        policy.countBands =
            switch (countBands, other.countBands) {
            case (let a?, let b?): a.filter(b.contains)
            case (let a, let b): a ?? b
            }
        policy.allowed =
            switch (allowed, other.allowed) {
            case (let a?, let b?): a.intersection(b)
            case (let a, let b): a ?? b
            }
        return policy
    }

    /// Whether a count may not be shown as it is.
    package func isSmall(_ count: Int) -> Bool {
        count == 0 ? !showsZero : count < minimumCell
    }

    /// A count that stands alone: withheld when small, else exact or as its band.
    package func report(_ count: Int) -> Reported<Count> {
        isSmall(count) ? .withheld(.smallCell) : .value(banded(count))
    }

    /// A count that may be shown, exact or as its band.
    package func banded(_ count: Int) -> Count {
        guard let countBands, let from = countBands.last(where: { $0 <= count }) else {
            return Count(count)
        }
        return Count(from: from, through: countBands.first { $0 > count }.map { $0 - 1 })
    }

    /// A rate or its interval end, rounded for release.
    package func roundedRate(_ rate: Double) -> Double { Self.round(rate, rateDecimals) }

    /// An AUROC, Dice or interval end, rounded for release.
    package func roundedScore(_ score: Double) -> Double { Self.round(score, scoreDecimals) }

    private static func round(_ value: Double, _ decimals: Int) -> Double {
        var scale = 1.0
        for _ in 0..<max(0, min(decimals, 12)) { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}
