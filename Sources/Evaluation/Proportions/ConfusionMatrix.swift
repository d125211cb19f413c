import Foundation

/// The 2×2 table of one threshold; a rate whose denominator is 0 is nil, never 0.
package struct ConfusionMatrix: Sendable, Hashable, Codable {
    /// Positive cases called positive.
    package var truePositives: Int
    /// Negative cases called positive.
    package var falsePositives: Int
    /// Positive cases called negative.
    package var falseNegatives: Int
    /// Negative cases called negative.
    package var trueNegatives: Int

    /// Makes a table from its cells.
    package init(
        truePositives: Int,
        falsePositives: Int,
        falseNegatives: Int,
        trueNegatives: Int
    ) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
    }

    /// Counts cases; a case is called positive when its score is at least the threshold.
    package init(scores: [Double], labels: [Bool], threshold: Double) {
        precondition(scores.count == labels.count, "every score needs a label")
        self.init(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
        for (score, isPositive) in zip(scores, labels) {
            switch (isPositive, score >= threshold) {
            case (true, true): truePositives += 1
            case (true, false): falseNegatives += 1
            case (false, true): falsePositives += 1
            case (false, false): trueNegatives += 1
            }
        }
    }

    /// Positive cases.
    package var positives: Int { truePositives + falseNegatives }
    /// Negative cases.
    package var negatives: Int { falsePositives + trueNegatives }
    /// Cases called positive.
    package var alerts: Int { truePositives + falsePositives }
    /// All cases.
    package var total: Int { positives + negatives }

    /// Positives among all cases.
    package var prevalence: Double? { Self.ratio(positives, total) }
    /// TP / (TP + FN).
    package var sensitivity: Double? { Self.ratio(truePositives, positives) }
    /// TN / (TN + FP).
    package var specificity: Double? { Self.ratio(trueNegatives, negatives) }
    /// TP / (TP + FP); falls with the prevalence.
    package var positivePredictiveValue: Double? { Self.ratio(truePositives, alerts) }
    /// TN / (TN + FN).
    package var negativePredictiveValue: Double? { Self.ratio(trueNegatives, total - alerts) }
    /// (TP + TN) / n.
    package var accuracy: Double? { Self.ratio(truePositives + trueNegatives, total) }
    /// False positives per 100 cases: the burden on a worklist.
    package var falsePositivesPer100: Double? { Self.ratio(100 * falsePositives, total) }
    /// Cases called positive per 100 cases.
    package var alertsPer100: Double? { Self.ratio(100 * alerts, total) }
    /// 2·TP / (2·TP + FP + FN).
    package var f1: Double? {
        Self.ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
    }
    /// Sensitivity + specificity − 1.
    package var youdenJ: Double? {
        guard let sensitivity, let specificity else { return nil }
        return sensitivity + specificity - 1
    }
    /// The mean of sensitivity and specificity.
    package var balancedAccuracy: Double? { youdenJ.map { ($0 + 1) / 2 } }

    static func ratio(_ numerator: Int, _ denominator: Int) -> Double? {
        denominator == 0 ? nil : Double(numerator) / Double(denominator)
    }
}
