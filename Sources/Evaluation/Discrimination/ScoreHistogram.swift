import Foundation

/// Counts of scores per bin and class, from which an AUROC follows within known bounds.
///
/// Histograms add up over slices, exams and sites. Bins uniform in the logit keep saturated
/// scores apart (evaluation.md 3.2).
package struct ScoreHistogram: Sendable, Hashable {
    /// How a probability finds its bin.
    package enum Scale: String, Sendable, Hashable, Codable {
        /// Equal bins on [0, 1].
        case linear
        /// Equal bins of the logit on [−16, 16], the ends open.
        case logit
    }

    /// How a probability finds its bin.
    package let scale: Scale
    /// Positive counts per bin, ascending scores.
    package private(set) var positives: [Int]
    /// Negative counts per bin, ascending scores.
    package private(set) var negatives: [Int]

    /// Makes an empty histogram with at least one bin.
    package init(bins: Int, scale: Scale) {
        precondition(bins >= 1, "a histogram has a bin")
        self.scale = scale
        positives = Array(repeating: 0, count: bins)
        negatives = positives
    }

    /// Counts one probability in [0, 1].
    package mutating func add(_ probability: Double, isPositive: Bool) {
        precondition(!probability.isNaN, "a score that is NaN has no bin")
        let bins = positives.count
        let fraction =
            switch scale {
            case .linear: probability
            case .logit: (LogitScale.logit(min(max(probability, 0), 1)) + 16) / 32
            }
        let bin = min(bins - 1, Int(min(max(fraction, 0), 1) * Double(bins)))
        if isPositive { positives[bin] += 1 } else { negatives[bin] += 1 }
    }

    /// Adds another histogram of the same bins.
    package mutating func add(_ other: ScoreHistogram) { combine(other, sign: 1) }

    /// Takes out a histogram that was added before.
    package mutating func subtract(_ other: ScoreHistogram) { combine(other, sign: -1) }

    private mutating func combine(_ other: ScoreHistogram, sign: Int) {
        precondition(scale == other.scale && positives.count == other.positives.count)
        for bin in positives.indices {
            positives[bin] += sign * other.positives[bin]
            negatives[bin] += sign * other.negatives[bin]
        }
    }

    /// The number of positive scores.
    package var positiveCount: Int { positives.reduce(0, +) }
    /// The number of negative scores.
    package var negativeCount: Int { negatives.reduce(0, +) }

    /// The bounds that hold whatever the order inside a bin; nil when a class is empty.
    package var aurocBounds: Interval? {
        let pairs = Double(positiveCount) * Double(negativeCount)
        guard pairs > 0 else { return nil }
        var below = 0.0
        var concordant = 0.0
        var tied = 0.0
        for (p, n) in zip(positives, negatives) {
            concordant += Double(p) * below
            tied += Double(p) * Double(n)
            below += Double(n)
        }
        return Interval(low: concordant / pairs, high: (concordant + tied) / pairs)
    }

    /// The middle of the bounds: pairs in one bin count one half.
    package var auroc: Double? { aurocBounds.map { ($0.low + $0.high) / 2 } }

    /// DeLong's variance with pairs in one bin as ties; nil with fewer than two in a class.
    package var delongVariance: Double? {
        let m = Double(positiveCount)
        let n = Double(negativeCount)
        guard m >= 2, n >= 2, let auroc else { return nil }
        var below = 0.0
        var above = m
        var s10 = 0.0
        var s01 = 0.0
        for (p, q) in zip(positives, negatives) {
            above -= Double(p)
            let v10 = (below + Double(q) / 2) / n - auroc
            let v01 = (above + Double(p) / 2) / m - auroc
            s10 += Double(p) * v10 * v10
            s01 += Double(q) * v01 * v01
            below += Double(q)
        }
        return s10 / (m - 1) / m + s01 / (n - 1) / n
    }
}
