import AuditLog
import Foundation
import GRDB

/// The table `audit`: one row a record, dense from 0, never changed.
enum AuditTable {
    /// Where the log ends.
    static func head(_ database: Database) throws -> AuditHead {
        let sql = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
        guard let row = try Row.fetchOne(database, sql: sql) else { return .empty }
        return AuditHead(size: row["seq"] + 1, hash: row["hash"])
    }

    /// Walks over the rows from the first on without holding them all.
    static func forEach(
        _ database: Database,
        _ body: (StoredAuditLeaf) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT seq, leaf, hash FROM audit ORDER BY seq"
        )
        while let row = try rows.next() {
            let leaf: Data = row["leaf"]
            try body(
                StoredAuditLeaf(sequence: row["seq"], leaf: [UInt8](leaf), hash: row["hash"])
            )
        }
    }
}
