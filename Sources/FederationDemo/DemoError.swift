/// Why a demo ended early: what happened, to which process or folder, and what to do.
package struct DemoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the caller does about it.
    package enum Kind: Sendable, Hashable {
        /// An option, a file or a folder is not as it must be; nothing was started.
        case badInput
        /// Something went wrong on the way.
        case failed
        /// A signal asked for the end.
        case interrupted(signal: Int32)
    }

    /// What the caller does about it.
    package let kind: Kind
    /// What happened.
    package let message: String
    /// What to do next.
    package let hint: String?

    /// Makes an error of something that went wrong on the way.
    package init(_ message: String, hint: String? = nil) {
        self.init(.failed, message, hint: hint)
    }

    /// Makes an error.
    package init(_ kind: Kind, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// The exit status: 1, or 128 and the signal's number.
    package var exitStatus: Int32 {
        if case .interrupted(let signal) = kind { 128 + signal } else { 1 }
    }

    /// The message, with the hint on a second line.
    package var description: String { hint.map { "\(message)\nhint: \($0)" } ?? message }
}
