import AuditLog
import AuditedDatabase
import Foundation
import GRDB

/// The table `auditCheckpoint`: what the log signed, and the tree's right edge at that size.
enum CheckpointTable {
    /// The tree up to the newest checkpoint, continued with the records after it.
    static func frontier(_ database: Database) throws -> MerkleFrontier {
        var frontier = MerkleFrontier()
        if let row = try Row.fetchOne(
            database,
            sql: "SELECT size, edge FROM auditCheckpoint ORDER BY size DESC LIMIT 1"
        ) {
            frontier = try decode(size: row["size"], edge: row["edge"])
        }
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT hash FROM audit WHERE seq >= ? ORDER BY seq",
            arguments: [frontier.size]
        )
        while let row = try rows.next() { frontier.append(try hash(row["hash"])) }
        return frontier
    }

    /// The notes in the order of their sizes.
    static func notes(_ database: Database) throws -> [SignedNote] {
        try Data.fetchAll(database, sql: "SELECT note FROM auditCheckpoint ORDER BY size").map {
            try SignedNote(parsing: [UInt8]($0))
        }
    }

    /// Keeps a checkpoint.
    static func insert(
        _ note: SignedNote,
        _ frontier: MerkleFrontier,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO auditCheckpoint (size, edge, note) VALUES (?, ?, ?)",
            arguments: [
                frontier.size, Data(frontier.edge.flatMap(\.bytes)), Data(note.encoded),
            ]
        )
    }

    /// All leaf hashes up to a size.
    static func hashes(_ database: Database, below size: Int64) throws -> [MerkleHash] {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT hash FROM audit WHERE seq < ? ORDER BY seq",
            arguments: [size]
        )
        var hashes: [MerkleHash] = []
        while let row = try rows.next() { hashes.append(try hash(row["hash"])) }
        return hashes
    }

    private static func decode(size: Int64, edge: Data) throws -> MerkleFrontier {
        let bytes = [UInt8](edge)
        let hashes = stride(from: 0, to: bytes.count, by: 32).compactMap {
            MerkleHash(bytes: bytes[$0..<min($0 + 32, bytes.count)])
        }
        guard let frontier = MerkleFrontier(size: size, edge: hashes) else {
            throw CoordinatorStoreError(.damaged, "the audit checkpoint at \(size) is not whole")
        }
        return frontier
    }

    private static func hash(_ text: String) throws -> MerkleHash {
        guard let hash = MerkleHash(hex: text) else {
            throw CoordinatorStoreError(.damaged, "a hash of the audit log is not whole")
        }
        return hash
    }
}
