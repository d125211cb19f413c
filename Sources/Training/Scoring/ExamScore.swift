package import Evaluation

/// A model's verdict on an exam beside what is known of it; never leaves the site.
package struct ExamScore: Sendable, Hashable {
    /// The exam's new study UID.
    package let examID: String
    /// Score, label and overlap, as the statistics need them.
    package let result: ExamResult
    /// The volume of the predicted mask, mL.
    package let predictedVolumeML: Double
}
