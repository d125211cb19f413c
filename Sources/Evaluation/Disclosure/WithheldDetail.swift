/// What exactly stands in the way, where a state alone would leave the reader guessing.
package enum WithheldDetail: String, Sendable, Hashable, Codable, CaseIterable {
    case noPositiveCases = "no-positive-cases"
    case noNegativeCases = "no-negative-cases"
    case tooFewForVariance = "too-few-for-variance"
    case zeroVariance = "zero-variance"
    case fewPositives = "few-positives"
    case fewNegatives = "few-negatives"
    case fewCases = "few-cases"
    case noReferenceMasks = "no-reference-masks"
    case notAllowed = "not-allowed"
    case noLocalModel = "no-local-model"

    /// The words in parentheses after the state.
    package var text: String {
        switch self {
        case .noPositiveCases: "one class only: no positive cases"
        case .noNegativeCases: "one class only: no negative cases"
        case .tooFewForVariance: "fewer than two cases in a class"
        case .zeroVariance: "the scores leave no variance"
        case .fewPositives: "too few positive cases"
        case .fewNegatives: "too few negative cases"
        case .fewCases: "too few cases"
        case .noReferenceMasks: "no reference masks"
        case .notAllowed: "the plan or the site does not release it"
        case .noLocalModel: "no local-only model"
        }
    }
}
