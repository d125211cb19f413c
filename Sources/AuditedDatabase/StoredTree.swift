import AuditLog
import Foundation
import GRDB

/// The tree over the records: complete subtrees are rows of `auditNode`, leaves those of `audit`.
///
/// An append writes one row in the mean; a root or a proof reads log² of them, however long the log.
struct StoredTree: MerkleSubtrees {
    let database: Database
    let size: Int

    /// The tree as it is in a transaction.
    init(_ database: Database) throws {
        self.database = database
        size = Int(try AuditTable.end(database).size)
    }

    func subtree(level: Int, place: Int) throws -> MerkleHash {
        try Self.subtree(level: level, place: place, database)
    }

    private static func subtree(
        level: Int,
        place: Int,
        _ database: Database
    ) throws -> MerkleHash {
        guard level > 0 else { return try AuditTable.hash(at: place, database) }
        let sql = "SELECT hash FROM auditNode WHERE level = ? AND place = ?"
        guard
            let bytes = try Data.fetchOne(database, sql: sql, arguments: [level, place]),
            let hash = MerkleHash(bytes: bytes)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return hash
    }

    /// Adds the subtrees that the record at a place, stored just now, completes.
    static func complete(at place: Int64, _ hash: MerkleHash, _ database: Database) throws {
        var (place, hash, level) = (Int(place), hash, 0)
        while place & 1 == 1 {
            hash = .node(try subtree(level: level, place: place - 1, database), hash)
            (place, level) = (place >> 1, level + 1)
            try database.execute(
                sql: "INSERT INTO auditNode (level, place, hash) VALUES (?, ?, ?)",
                arguments: [level, place, Data(hash.bytes)]
            )
        }
    }
}
