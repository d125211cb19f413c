/// What went wrong while a network was described, built or run.
package struct NeuralNetworkError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case invalidDescription = "invalid-description"
        case parametersMismatch = "parameters-mismatch"
        case inputMismatch = "input-mismatch"
        case engine
        case slowImplementation = "slow-implementation"
        case unsupportedPrecision = "unsupported-precision"
    }

    /// The kind of failure.
    package let code: Code

    /// What happened, to which layer or tensor, as one sentence.
    package let message: String

    /// An error with a sentence for people.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the sentence.
    package var description: String { "\(code.rawValue): \(message)" }
}
