import Foundation
import GRDB

/// What went wrong in SQLite, in words of ours and without a value that was to be stored.
package struct DatabaseFault: Sendable, Hashable {
    /// The kinds of failure; both stores' error codes have these raw values.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case cannotOpen = "cannot-open"
        case damaged = "damaged"
        /// The change does not fit what is stored.
        case wrongState = "wrong-state"
        /// The disk is full; nothing was changed.
        case full = "full"
        /// A read, write or sync failed: the process must stop and recover, not retry.
        case storageFailed = "storage-failed"
        case database = "database"
    }

    /// The kind of failure.
    package let kind: Kind
    /// What happened and what to do.
    package let message: String

    /// The file has steps of a schema that this program does not know.
    init(newer url: URL) {
        kind = .cannotOpen
        message =
            "\(url.lastPathComponent) was made by a newer version of this program, whose tables this one"
            + " does not know; install that version again"
    }

    init(opening url: URL, _ error: DatabaseError) {
        let name = url.lastPathComponent
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            kind = .damaged
            message = "\(name) is damaged; restore it from a backup"
        default:
            kind = .cannotOpen
            message =
                "\(name) cannot be opened (SQLite \(error.extendedResultCode.rawValue)); "
                + "check that its folder exists and belongs to this user"
        }
    }

    init(_ error: DatabaseError) {
        let number = error.extendedResultCode.rawValue
        (kind, message) =
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                (.damaged, "the database is damaged; restore it from a backup")
            case .SQLITE_FULL: (.full, "the disk is full; free space and try again")
            case .SQLITE_IOERR:
                (.storageFailed, "the disk failed (SQLite \(number)); stop and check it")
            case .SQLITE_CONSTRAINT:
                (.wrongState, "the change does not fit what is stored (SQLite \(number))")
            default: (.database, "the database failed (SQLite \(number))")
            }
    }
}
