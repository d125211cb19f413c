package import AuditedDatabase

/// A failure of the coordinator's database; never carries a value that was to be stored.
package struct CoordinatorStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case cannotOpen = "cannot-open"
        case damaged = "damaged"
        /// The same message was accepted before with other content.
        case conflict = "conflict"
        case notFound = "not-found"
        /// The thing is in a state that does not allow the change.
        case wrongState = "wrong-state"
        /// The disk is full; nothing was changed.
        case full = "full"
        /// A read, write or sync failed: the process must stop and recover, not retry.
        case storageFailed = "storage-failed"
        case database = "database"
    }

    /// The kind of failure.
    package let code: Code
    /// What happened, to which thing, and what to do.
    package let message: String

    /// An error with a sentence for people.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence and the code.
    package var description: String { "\(message) (\(code.rawValue))" }
}

extension CoordinatorStoreError: StoreFailure {
    /// The error of a failure of the database.
    package init(_ fault: DatabaseFault) {
        self.init(Code(rawValue: fault.kind.rawValue) ?? .database, fault.message)
    }
}
