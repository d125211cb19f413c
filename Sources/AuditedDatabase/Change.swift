package import AuditLog
package import GRDB

/// A transaction under way: the database, the time, and the audit log.
package struct Change {
    /// The connection that writes.
    package let database: Database
    /// When the change is recorded.
    package let stamp: AuditStamp
    let log: String

    /// Milliseconds since 1970 at which the change is recorded.
    package var now: Int64 { stamp.milliseconds }

    /// Runs statements.
    package func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try database.execute(sql: sql, arguments: arguments)
    }

    /// The rows that the last statement changed.
    package var changedRows: Int { database.changesCount }

    /// Appends the record of the change to the audit log.
    package func audit(_ entry: AuditEntry) throws {
        var chain = AuditChain(log: log, head: try AuditTable.head(database))
        try AuditTable.append(try chain.append(entry, at: stamp), to: database)
    }

    /// Walks over the audit log, oldest record first.
    package func forEachAuditRecord(_ body: (AuditRecord) throws -> Void) throws {
        try AuditTable.forEach(database) { try body(try AuditRecord(leaf: $0.leaf)) }
    }
}
