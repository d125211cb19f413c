import Foundation
import GRDB

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

    init(opening url: URL, _ error: DatabaseError) {
        let name = url.lastPathComponent
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(.damaged, "\(name) is damaged; restore it from a backup")
        default:
            self.init(
                .cannotOpen,
                "\(name) cannot be opened (SQLite \(error.extendedResultCode.rawValue)); "
                    + "check the folder and its owner"
            )
        }
    }

    private init(_ error: DatabaseError) {
        let number = error.extendedResultCode.rawValue
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(.damaged, "the database is damaged; restore it from a backup")
        case .SQLITE_FULL: self.init(.full, "the disk is full; free space and try again")
        case .SQLITE_IOERR:
            self.init(.storageFailed, "the disk failed (SQLite \(number)); stop and check it")
        case .SQLITE_CONSTRAINT:
            self.init(.wrongState, "the change does not fit what is stored (SQLite \(number))")
        default: self.init(.database, "the database failed (SQLite \(number))")
        }
    }

    /// Runs a database access and turns the library's errors into ours, without values.
    static func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw SiteStoreError(error)
        }
    }
}
