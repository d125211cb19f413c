/// The numbers of test exams behind a site's metrics.
package struct ExamCounts: Sendable, Hashable, Codable {
    /// Exams with a known label.
    package let exams: Reported<Count>
    /// Exams with a haemorrhage.
    package let positives: Reported<Count>
    /// Exams without.
    package let negatives: Reported<Count>

    /// Whether a reader knows that only one class is present.
    package var missingClass: WithheldDetail? {
        if positives.value?.exact == 0 { return .noPositiveCases }
        return negatives.value?.exact == 0 ? .noNegativeCases : nil
    }
}
