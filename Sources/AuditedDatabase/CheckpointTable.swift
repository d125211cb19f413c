import AuditLog
import Foundation
import GRDB

/// The table `auditCheckpoint`: what the log signed, with the cosignatures that came for it.
enum CheckpointTable {
    /// So many records are signed without waiting for the minute.
    private static let recordsMax: Int64 = 100

    /// The size of the newest checkpoint; 0 before the first.
    static func newestSize(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT coalesce(max(size), 0) FROM auditCheckpoint") ?? 0
    }

    /// The newest checkpoint; nil before the first.
    static func newest(_ database: Database) throws -> SignedNote? {
        try note(size: newestSize(database), database)
    }

    /// The checkpoint of a size, if one was signed.
    static func note(size: Int64, _ database: Database) throws -> SignedNote? {
        let sql = "SELECT note FROM auditCheckpoint WHERE size = ?"
        return try Data.fetchOne(database, sql: sql, arguments: [size]).map {
            try SignedNote(parsing: [UInt8]($0))
        }
    }

    /// The notes in the order of their sizes, as they lie in the table.
    static func notes(_ database: Database) throws -> [[UInt8]] {
        try Data.fetchAll(database, sql: "SELECT note FROM auditCheckpoint ORDER BY size").map {
            [UInt8]($0)
        }
    }

    /// Whether a hundred records came since the last checkpoint.
    static func isDue(_ database: Database) throws -> Bool {
        try AuditTable.end(database).size - newestSize(database) >= recordsMax
    }

    /// Whether anything came since the last checkpoint but sightings of other logs.
    ///
    /// Two logs that only note each other's checkpoints would never come to rest.
    static func hasNews(_ database: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM audit WHERE seq >= ?
                AND substr(leaf, 1, ?) <> CAST(? AS BLOB))
            """
        let sighting = "{\"act\":\"\(AuditAct.checkpointAccept.rawValue)\""
        return try Bool.fetchOne(
            database,
            sql: sql,
            arguments: [try newestSize(database), sighting.utf8.count, sighting]
        ) ?? false
    }

    /// Signs the log as it is now, unless it is signed already or empty.
    static func sign(_ database: Database, with signers: LogSigners) throws -> SignedNote? {
        let tree = try StoredTree(database)
        guard tree.size > 0, Int64(tree.size) > (try newestSize(database)) else { return nil }
        let note = try signers.sign(
            Checkpoint(
                origin: signers.current.key.name,
                size: Int64(tree.size),
                root: try tree.root(size: tree.size)
            )
        )
        try database.execute(
            sql: "INSERT INTO auditCheckpoint (size, note) VALUES (?, ?)",
            arguments: [tree.size, Data(note.encoded)]
        )
        return note
    }

    /// Adds a witness's line to the checkpoint it cosigned.
    ///
    /// - Returns: The size; nil unless it is one of this key for a checkpoint of this log.
    static func add(
        _ cosigned: SignedNote,
        by key: NoteKey,
        _ database: Database
    ) throws -> Int64? {
        guard cosigned.cosignatureTime(by: key) != nil,
            let line = cosigned.signatures.last(where: {
                $0.name == key.name && $0.keyID == key.id
            }),
            let size = (try? Checkpoint(parsing: cosigned.text))?.size,
            var own = try note(size: size, database), own.text == cosigned.text
        else { return nil }
        guard !own.signatures.contains(line) else { return size }
        own.add(line)
        try database.execute(
            sql: "UPDATE auditCheckpoint SET note = ? WHERE size = ?",
            arguments: [Data(own.encoded), size]
        )
        return size
    }
}
