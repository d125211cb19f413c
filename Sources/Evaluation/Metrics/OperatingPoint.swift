/// The rates at the plan's threshold, applied unchanged at every site.
package struct OperatingPoint: Sendable, Hashable, Codable {
    /// An exam is called positive when its score is at least this.
    package let threshold: Double
    /// TP / (TP + FN).
    package let sensitivity: Reported<RateEstimate>
    /// TN / (TN + FP).
    package let specificity: Reported<RateEstimate>
    /// TP / (TP + FP).
    package let positivePredictiveValue: Reported<RateEstimate>
    /// TN / (TN + FN).
    package let negativePredictiveValue: Reported<RateEstimate>
    /// FP / n; times 100 it is the false alarms per 100 scans.
    package let falsePositiveShare: Reported<RateEstimate>
}
