import AuditLog
import Foundation
import GRDB

/// A transaction under way: the database, the time, and the audit log.
struct Change {
    let database: Database
    let stamp: AuditStamp

    /// Milliseconds since 1970 at which the change is recorded.
    var now: Int64 { stamp.milliseconds }

    /// Runs a statement.
    func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try database.execute(sql: sql, arguments: arguments)
    }

    /// The rows that the last statement changed.
    var changedRows: Int { database.changesCount }

    /// Appends the record of the change.
    func audit(_ entry: AuditEntry) throws {
        var chain = AuditChain(
            log: CoordinatorStore.auditLog,
            head: try AuditTable.head(database)
        )
        let stored = try chain.append(entry, at: stamp)
        try execute(
            "INSERT INTO audit (seq, leaf, hash) VALUES (?, ?, ?)",
            [stored.sequence, Data(stored.leaf), stored.hash]
        )
    }
}
