import AuditedDatabase
package import Federation
import GRDB

/// A model or an update that the database names.
package struct StoredBlobRow: Sendable, Hashable {
    /// Its digest.
    package let sha256: SHA256Digest
    /// Whether it is a model, not an update.
    package let isModel: Bool
    /// Its size; nil where it was not recorded.
    package let bytes: Int?
    /// Whether it has been deleted.
    package let isDeleted: Bool
}

extension CoordinatorStore {
    /// Every blob that was ever named, ascending by digest.
    package func blobs() async throws -> [StoredBlobRow] {
        try await read { database in
            let sql = "SELECT sha256, kind, bytes, deletedAt FROM blob ORDER BY sha256"
            return try Row.fetchAll(database, sql: sql).map { row in
                StoredBlobRow(
                    sha256: try StoredID.digest(row["sha256"]),
                    isModel: row["kind"] as String == "model",
                    bytes: row["bytes"],
                    isDeleted: row["deletedAt"] as Int64? != nil
                )
            }
        }
    }

    /// The models that stay, whatever runs go on: where each plan starts, and where each run that is
    /// over ended.
    package func lastingModels() async throws -> Set<SHA256Digest> {
        try await read { database in
            let sql = """
                SELECT initialModel FROM plan
                UNION SELECT model FROM run WHERE model IS NOT NULL
                UNION SELECT coalesce(round.model, round.startModel) FROM round JOIN (
                    SELECT run.id AS run, max(number) AS number FROM run
                    JOIN round ON round.run = run.id WHERE run.status = 'failed' GROUP BY run.id
                ) AS last ON round.run = last.run AND round.number = last.number
                """
            return Set(try String.fetchAll(database, sql: sql).map(StoredID.digest))
        }
    }

    /// Notes that blobs are deleted; the same again changes nothing.
    package func recordDeletion(_ blobs: [SHA256Digest]) async throws {
        guard !blobs.isEmpty else { return }
        try await change { change in
            for blob in blobs {
                try change.execute(
                    "UPDATE blob SET deletedAt = ? WHERE sha256 = ? AND deletedAt IS NULL",
                    [change.now, blob.rawValue]
                )
            }
        }
    }
}
