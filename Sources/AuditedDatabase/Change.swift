package import AuditLog
import Foundation
package import GRDB

/// A transaction under way: the database, the time, and the audit log.
package struct Change {
    /// The connection that writes.
    package let database: Database
    /// When the change is recorded.
    package let stamp: AuditStamp
    let log: String
    var signers: LogSigners?

    /// Milliseconds since 1970 at which the change is recorded.
    package var now: Int64 { stamp.milliseconds }

    /// Runs statements.
    package func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try database.execute(sql: sql, arguments: arguments)
    }

    /// The rows that the last statement changed.
    package var changedRows: Int { database.changesCount }

    /// Appends the record of the change to the audit log, and signs the log where it is due.
    package func audit(_ entry: AuditEntry) throws {
        var end = try AuditTable.end(database)
        let stored = try end.append(entry, to: log, at: stamp)
        try AuditTable.append(stored, to: database)
        try StoredTree.complete(at: stored.sequence, stored.hash, database)
        guard let signers else { return }
        if try entry.act.isSignedAtOnce || CheckpointTable.isDue(database) {
            _ = try CheckpointTable.sign(database, with: signers)
        }
    }

    /// The newest record of an act on a kind of thing; nil if there is none.
    package func lastAuditRecord(onKind kind: String) throws -> AuditRecord? {
        let sql = "SELECT leaf FROM audit WHERE instr(leaf, CAST(? AS BLOB)) > 0 ORDER BY seq DESC"
        let part = "\"kind\":\"\(kind)\""
        let leaves = try Data.fetchCursor(database, sql: sql, arguments: [part])
        while let leaf = try leaves.next() {
            let record = try AuditRecord(leaf: [UInt8](leaf))
            if record.entry.object?.kind == kind { return record }
        }
        return nil
    }
}
