/// A reason why local training or scoring could not go on.
package struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable {
        case noExamples = "no-examples"
        case diverged
        case cancelled
    }

    /// The kind of failure.
    package let code: Code
    /// What happened and what to do.
    package let message: String

    /// Makes an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message and the code.
    package var description: String { "\(message) (\(code.rawValue))" }
}
