/// A failure of the site's database; never carries a value that was to be stored.
package struct SiteStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable {
        case cannotOpen = "cannot-open"
        case damaged
        case conflict
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
