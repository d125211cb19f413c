/// Why results cannot be evaluated; says which input, never a value of a case.
package struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, stable across releases.
    package enum Code: String, Sendable, Hashable {
        case scoreNotFinite = "score-not-finite"
        case differentCases = "different-cases"
        case invalidEdges = "invalid-edges"
        case unsupportedSchema = "unsupported-schema"
    }

    /// What went wrong.
    package let code: Code
    /// What happened and what to do.
    package let message: String

    /// Makes an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
