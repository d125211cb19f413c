package import AuditLog
package import Foundation
package import GRDB

/// A store on an audited database: what both parties do with their logs, written once.
package protocol AuditedStore: Sendable {
    /// The store's own error.
    associatedtype Failure: StoreFailure

    /// The database.
    var database: AuditedDatabase<Failure> { get }
}

extension AuditedStore {
    /// The name of the audit log.
    package var auditLog: String { database.log }

    /// Performs one change; its audit records share the transaction.
    package func change<Result: Sendable>(
        _ body: @Sendable (Change) throws -> Result
    ) async throws -> Result {
        try await database.change(body)
    }

    /// Reads from one consistent state.
    package func read<Result: Sendable>(
        _ body: @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await database.read(body)
    }

    /// How the writing connection is set: what durability and integrity rest on.
    package func settings() async throws -> [String: String] { try await database.settings() }

    /// The number of records of the audit log.
    package func auditSize() async throws -> Int64 {
        try await read { try AuditTable.end($0).size }
    }

    /// The records of the audit log, oldest first.
    package func auditRecords() async throws -> [AuditRecord] {
        try await read { database in
            var records: [AuditRecord] = []
            try AuditTable.forEach(database) { records.append(try AuditRecord(leaf: $0.leaf)) }
            return records
        }
    }

    /// Walks over the records from a number on, oldest first, without holding them all.
    ///
    /// - Returns: How many there were.
    package func forEachAuditRecord(
        from first: Int64 = 0,
        _ body: @Sendable (AuditRecord) throws -> Void
    ) async throws -> Int64 {
        try await read { database in
            var count: Int64 = 0
            try AuditTable.forEach(database, from: first) {
                try body(try AuditRecord(leaf: $0.leaf))
                count += 1
            }
            return count
        }
    }

    /// Checks the log where it lies: bytes, numbers, links, names, checkpoints, what it says.
    package func verifyAudit(by verifier: BundleVerifier) async throws -> BundleVerdict {
        let log = auditLog
        return try await read { database in
            var verification = verifier.begin(log: log, notes: try CheckpointTable.notes(database))
            try AuditTable.forEach(database) {
                verification.add($0.leaf, storedHash: $0.hash)
            }
            return verification.finish()
        }
    }

    /// Signs the log as it is now; nil if nothing came since the last checkpoint but sightings, or
    /// if this process cannot sign.
    @discardableResult
    package func signAudit() async throws -> SignedNote? {
        guard let signers = database.signers else { return nil }
        return try await change { change in
            guard try CheckpointTable.hasNews(change.database) else { return nil }
            return try CheckpointTable.sign(change.database, with: signers)
        }
    }

    /// The newest signed checkpoint, with the cosignatures collected so far.
    package func newestCheckpoint() async throws -> SignedNote? {
        try await read { try CheckpointTable.newest($0) }
    }

    /// What shows that the log at `newSize` continues that at `oldSize`; nil for sizes it never had.
    package func consistencyProof(
        from oldSize: Int64,
        to newSize: Int64
    ) async throws -> [MerkleHash]? {
        try await read { database in
            try StoredTree(database).consistencyProof(from: Int(oldSize), to: Int(newSize))
        }
    }

    /// Writes the whole log with its checkpoints to one file for an auditor; who did it is recorded
    /// and the record is signed first.
    ///
    /// - Returns: The number of records in the file.
    package func exportBundle(to url: URL, by actor: AuditActor) async throws -> Int64 {
        try await recordAuditRead(as: "bundle", by: actor)
        let (log, signers) = (auditLog, database.signers)
        if let signers {
            _ = try await change { try CheckpointTable.sign($0.database, with: signers) }
        }
        return try await read { database in
            var writer = try AuditBundle.Writer(
                to: url,
                log: log,
                checkpoints: try CheckpointTable.notes(database)
            )
            try AuditTable.forEach(database) { try writer.append($0.leaf) }
            try writer.finish()
            return try AuditTable.end(database).size
        }
    }

    /// Records that somebody took the log out in a format.
    package func recordAuditRead(as format: String, by actor: AuditActor) async throws {
        try await change {
            try $0.audit(
                AuditEntry(.auditRead, by: actor, on: AuditObject("audit-log", format))
            )
        }
    }
}
