/// A kind of aggregate that may leave a site; the names are those of the plan's `metrics.allowed`.
package enum MetricKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Mean training loss of a round.
    case trainingLoss
    /// Numbers of exams, positives and negatives.
    case counts
    /// Exam AUROC, its interval, average precision, and the paired difference.
    case examAUROC
    /// Sensitivity, specificity and predictive values at the plan's threshold.
    case operatingPoint
    /// Exam sensitivity by haemorrhage type.
    case byType
    /// Exam sensitivity by volume stratum.
    case volumeStrata
    /// Median, quartiles and mean of Dice.
    case dice
    /// AUROC of image tiles against the masks.
    case tileAUROC
}
