/// Why a demo ended early: what happened, to which process or folder, and what to do.
package struct DemoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    package let message: String
    /// What to do next.
    package let hint: String?

    /// Makes an error.
    package init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    /// The message, with the hint on a second line.
    package var description: String { hint.map { "\(message)\nhint: \($0)" } ?? message }
}
