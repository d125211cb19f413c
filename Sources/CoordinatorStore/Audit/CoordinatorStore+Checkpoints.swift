package import AuditLog
import AuditedDatabase
package import Foundation
import GRDB

extension CoordinatorStore {
    /// Signs the log as it is now and keeps the checkpoint; nil if fewer than `recordsMin` records
    /// came since the last.
    package func checkpointAudit(
        signedBy signer: NoteSigner,
        recordsMin: Int64 = 1
    ) async throws -> SignedNote? {
        try await change { change in
            let sql = "SELECT coalesce(max(size), 0) FROM auditCheckpoint"
            let last = try Int64.fetchOne(change.database, sql: sql) ?? 0
            let size = try AuditTable.head(change.database).size
            guard size > 0, size - last >= recordsMin else { return nil }
            let frontier = try CheckpointTable.frontier(change.database)
            let note = try Checkpoint(
                origin: Self.auditLog,
                size: frontier.size,
                root: frontier.root
            ).signed(by: signer)
            try CheckpointTable.insert(note, frontier, change.database)
            return note
        }
    }

    /// The newest signed checkpoint, with the cosignatures collected so far.
    package func newestCheckpoint() async throws -> SignedNote? {
        try await read { try CheckpointTable.notes($0).last }
    }

    /// What shows that the log at `newSize` continues that at `oldSize`; nil for sizes it never had.
    package func consistencyProof(
        from oldSize: Int64,
        to newSize: Int64
    ) async throws -> [MerkleHash]? {
        try await read { database in
            let tree = MerkleTree(try CheckpointTable.hashes(database, below: newSize))
            return tree.consistencyProof(from: Int(oldSize), to: Int(newSize))
        }
    }

    /// Adds a witness's cosignature to the checkpoint it signed.
    ///
    /// - Returns: whether it is one of this key for a checkpoint of this log.
    package func addCosignature(_ note: SignedNote, by key: NoteKey) async throws -> Bool {
        guard note.cosignatureTime(by: key) != nil,
            let line = note.signatures.last(where: { $0.name == key.name && $0.keyID == key.id }),
            let size = (try? Checkpoint(parsing: note.text))?.size
        else { return false }
        return try await change { change in
            let sql = "SELECT note FROM auditCheckpoint WHERE size = ?"
            guard let bytes = try Data.fetchOne(change.database, sql: sql, arguments: [size])
            else { return false }
            var own = try SignedNote(parsing: [UInt8](bytes))
            guard own.text == note.text else { return false }
            own.add(line)
            try change.execute(
                "UPDATE auditCheckpoint SET note = ? WHERE size = ?",
                [Data(own.encoded), size]
            )
            return true
        }
    }

    /// Writes the whole log with its checkpoints to one file for an auditor.
    ///
    /// - Returns: the number of records.
    package func exportAudit(to url: URL) async throws -> Int64 {
        try await read { database in
            var writer = try AuditBundle.Writer(
                to: url,
                log: Self.auditLog,
                checkpoints: try CheckpointTable.notes(database)
            )
            var count: Int64 = 0
            try AuditTable.forEach(database) { stored in
                try writer.append(stored.leaf)
                count += 1
            }
            try writer.finish()
            return count
        }
    }
}
