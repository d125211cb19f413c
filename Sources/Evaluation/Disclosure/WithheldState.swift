/// Why a value is not shown: six states, six words (evaluation.md 3.3 (8)); raw values are stable.
package enum WithheldState: String, Sendable, Hashable, Codable, CaseIterable {
    /// The count is too small to be published.
    case smallCell = "suppressed-small-cell"
    /// The value would give a small cell back by subtraction.
    case protectsAnotherCell = "suppressed-protects-another-cell"
    /// The plan or the site does not let this metric leave.
    case sitePolicy = "site-policy"
    /// The data cannot answer: one class only, no variance, no masks.
    case notEstimable = "not-estimable"
    /// There is nothing to measure.
    case noCases = "no-cases"
    /// The site sent nothing.
    case siteDidNotAnswer = "site-did-not-answer"

    /// The words on screens and in tables.
    package var text: String {
        switch self {
        case .smallCell: "suppressed (small cell)"
        case .protectsAnotherCell: "suppressed (protects another cell)"
        case .sitePolicy: "site policy"
        case .notEstimable: "not estimable"
        case .noCases: "no cases"
        case .siteDidNotAnswer: "site did not answer"
        }
    }
}
