/// A failure at the site: what happened, to which thing, what to do; never a patient value.
package struct AgentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure, each with the exit status of `fedagent`.
    package enum Code: String, Sendable, Hashable {
        case failed
        case badInput = "bad-input"
        case unavailable
        case tryAgain = "try-again"
        case refusedByPolicy = "refused-by-policy"
        case badConfiguration = "bad-configuration"
        case stateLost = "state-lost"

        /// The exit status, as in sysexits(3).
        package var exitStatus: Int32 {
            switch self {
            case .failed, .stateLost: 1
            case .badInput: 65
            case .unavailable: 69
            case .tryAgain: 75
            case .refusedByPolicy: 77
            case .badConfiguration: 78
            }
        }
    }

    /// The kind of failure.
    package let code: Code
    /// What happened, to which thing.
    package let message: String
    /// What to do next, if there is something.
    package let hint: String?

    /// Makes an error.
    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The message, with the hint on a second line.
    package var description: String {
        hint.map { "\(message)\nhint: \($0)" } ?? message
    }
}
