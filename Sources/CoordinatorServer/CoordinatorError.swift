package import WireProtocol

/// A failure of the coordinator: for a site the catalogue entry, for the operator the message.
package struct CoordinatorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What a site is told.
    package let entry: ErrorCatalogue
    /// What the operator reads: what happened, to which thing, what to do.
    package let message: String

    /// Makes an error; without a message the catalogue's text is used.
    package init(_ entry: ErrorCatalogue, _ message: String? = nil) {
        self.entry = entry
        self.message = message ?? entry.text
    }

    /// The operator's message.
    package var description: String { message }
}
