package import AuditedDatabase

/// A failure of the site's database; never carries a value that was to be stored.
package struct SiteStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case cannotOpen = "cannot-open"
        case damaged = "damaged"
        /// The same thing was recorded before with other content.
        case conflict = "conflict"
        /// The change does not fit what is stored.
        case wrongState = "wrong-state"
        /// The disk is full; nothing was changed.
        case full = "full"
        /// A read, write or sync failed: the process must stop and recover, not retry.
        case storageFailed = "storage-failed"
        case database = "database"
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

extension SiteStoreError: StoreFailure {
    /// The error of a failure of the database.
    package init(_ fault: DatabaseFault) {
        self.init(Code(rawValue: fault.kind.rawValue) ?? .database, fault.message)
    }
}
