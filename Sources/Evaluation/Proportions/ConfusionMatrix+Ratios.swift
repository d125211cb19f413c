import Foundation

extension ConfusionMatrix {
    private var tp: Double { Double(truePositives) }
    private var fp: Double { Double(falsePositives) }
    private var fn: Double { Double(falseNegatives) }
    private var tn: Double { Double(trueNegatives) }

    /// Sensitivity / (1 − specificity); nil without false positives.
    package var positiveLikelihoodRatio: Double? {
        guard let sensitivity, negatives > 0, falsePositives > 0 else { return nil }
        return sensitivity / (fp / Double(negatives))
    }

    /// (1 − sensitivity) / specificity; nil without true negatives.
    package var negativeLikelihoodRatio: Double? {
        guard positives > 0, let specificity, specificity > 0 else { return nil }
        return fn / Double(positives) / specificity
    }

    /// (TP·TN) / (FP·FN); nil when the denominator is 0.
    package var diagnosticOddsRatio: Double? {
        guard falsePositives > 0, falseNegatives > 0 else { return nil }
        return tp * tn / (fp * fn)
    }

    /// Matthews' correlation; nil when a margin is 0.
    package var matthewsCorrelation: Double? {
        let margins = Double(positives) * Double(negatives) * Double(alerts)
        let product = margins * Double(total - alerts)
        return product > 0 ? (tp * tn - fp * fn) / product.squareRoot() : nil
    }

    /// Cohen's kappa of reference and call; nil unless both classes are present.
    package var cohenKappa: Double? {
        guard positives > 0, negatives > 0, let accuracy else { return nil }
        let n = Double(total)
        let chance =
            (Double(positives) * Double(alerts) + Double(negatives) * Double(total - alerts))
            / (n * n)
        return chance < 1 ? (accuracy - chance) / (1 - chance) : nil
    }

    /// The log-method interval of the positive likelihood ratio (as epiR).
    package func positiveLikelihoodRatioInterval(level: Double = 0.95) -> Interval? {
        guard truePositives > 0, let ratio = positiveLikelihoodRatio else { return nil }
        let variance = 1 / tp - 1 / Double(positives) + 1 / fp - 1 / Double(negatives)
        return Self.logInterval(ratio, variance, level)
    }

    /// The log-method interval of the negative likelihood ratio (as epiR).
    package func negativeLikelihoodRatioInterval(level: Double = 0.95) -> Interval? {
        guard falseNegatives > 0, let ratio = negativeLikelihoodRatio else { return nil }
        let variance = 1 / fn - 1 / Double(positives) + 1 / tn - 1 / Double(negatives)
        return Self.logInterval(ratio, variance, level)
    }

    /// The log-method interval of the diagnostic odds ratio; nil with an empty cell.
    package func diagnosticOddsRatioInterval(level: Double = 0.95) -> Interval? {
        guard truePositives > 0, trueNegatives > 0, let ratio = diagnosticOddsRatio else {
            return nil
        }
        return Self.logInterval(ratio, 1 / tp + 1 / fp + 1 / fn + 1 / tn, level)
    }

    private static func logInterval(
        _ ratio: Double,
        _ variance: Double,
        _ level: Double
    ) -> Interval {
        let half = NormalDistribution.critical(level: level) * variance.squareRoot()
        return Interval(low: ratio * exp(-half), high: ratio * exp(half))
    }
}
