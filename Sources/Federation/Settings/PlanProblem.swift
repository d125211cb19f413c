/// One thing that is wrong at one place of a plan, and what would be right.
package struct PlanProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of problem, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case syntax = "syntax"
        case missing = "missing"
        case unknownKey = "unknown-key"
        case wrongType = "wrong-type"
        case outOfRange = "out-of-range"
        case notAChoice = "not-a-choice"
        case inconsistent = "inconsistent"
    }

    /// The kind of problem.
    package let code: Code

    /// Where, as `localTraining.learningRate`; empty for the document as a whole.
    package let path: String

    /// What is wrong there and what would be right.
    package let message: String

    /// A problem at a path.
    package init(_ code: Code, at path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// Path and sentence.
    package var description: String {
        path.isEmpty ? message : "\(path): \(message)"
    }
}
