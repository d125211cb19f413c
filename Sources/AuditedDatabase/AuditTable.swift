import AuditLog
import Foundation
package import GRDB

/// The table `audit`: one row a record, dense from 0, never changed.
package enum AuditTable {
    /// Makes the table; the database itself refuses to change or delete its rows.
    package static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE audit (
                    seq INTEGER PRIMARY KEY CHECK (seq >= 0),
                    leaf BLOB NOT NULL,
                    hash TEXT NOT NULL CHECK (length(hash) = 64)
                ) STRICT;
                CREATE TRIGGER auditIsDense BEFORE INSERT ON audit
                WHEN NEW.seq <> coalesce((SELECT max(seq) FROM audit) + 1, 0)
                BEGIN SELECT RAISE(ABORT, 'audit records are numbered without gaps'); END;
                CREATE TRIGGER auditIsNeverChanged BEFORE UPDATE ON audit
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                CREATE TRIGGER auditIsNeverDeleted BEFORE DELETE ON audit
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                """
        )
    }

    /// Where the log ends.
    static func end(_ database: Database) throws -> LogEnd {
        let sql = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
        guard let row = try Row.fetchOne(database, sql: sql) else { return .empty }
        return LogEnd(size: row["seq"] + 1, last: try hash(row["hash"]))
    }

    /// Appends a record.
    static func append(_ stored: StoredAuditLeaf, to database: Database) throws {
        try database.execute(
            sql: "INSERT INTO audit (seq, leaf, hash) VALUES (?, ?, ?)",
            arguments: [stored.sequence, Data(stored.leaf), stored.hash.hex]
        )
    }

    /// The hash of a record; throws `SQLITE_CORRUPT` where there is none.
    static func hash(at place: Int, _ database: Database) throws -> MerkleHash {
        let sql = "SELECT hash FROM audit WHERE seq = ?"
        guard let text = try String.fetchOne(database, sql: sql, arguments: [place]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return try hash(text)
    }

    /// Walks over the rows from a number on without holding them all.
    static func forEach(
        _ database: Database,
        from first: Int64 = 0,
        _ body: (StoredAuditLeaf) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT seq, leaf, hash FROM audit WHERE seq >= ? ORDER BY seq",
            arguments: [first]
        )
        while let row = try rows.next() {
            let leaf: Data = row["leaf"]
            try body(
                StoredAuditLeaf(
                    sequence: row["seq"],
                    leaf: [UInt8](leaf),
                    hash: try hash(row["hash"])
                )
            )
        }
    }

    private static func hash(_ text: String) throws -> MerkleHash {
        guard let hash = MerkleHash(hex: text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return hash
    }
}
