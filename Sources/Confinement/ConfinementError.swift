/// Why a confined process gave no answer.
package struct ConfinementError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The machine-readable kind of failure.
    package enum Code: String, Hashable, Sendable {
        /// The program could not be started.
        case notStarted = "not-started"
        /// The answer took longer than the limit; the process was killed.
        case timeLimit = "time-limit"
        /// The output was longer than the limit; the process was killed.
        case outputLimit = "output-limit"
        /// The process ended before it had answered.
        case ended
    }

    /// The kind of failure.
    package let code: Code
    /// What happened, without anything the process said.
    package let detail: String
    /// How the process ended, where it did by itself.
    package let ending: ProcessEnding?

    init(_ code: Code, _ detail: String, ending: ProcessEnding? = nil) {
        self.code = code
        self.detail = detail
        self.ending = ending
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
