import AuditedDatabase
import Federation
import GRDB

/// The table `blob`: what lies, or lay, in the coordinator's folder of blobs.
enum BlobTable {
    /// What the bytes are.
    enum Kind: String {
        case model
        case delta
    }

    /// Records a blob once; one that was deleted is there again.
    static func insert(
        _ sha256: SHA256Digest,
        kind: Kind,
        bytes: Int?,
        _ change: Change
    ) throws {
        try change.execute(
            """
            INSERT INTO blob (sha256, kind, bytes, recordedAt) VALUES (?, ?, ?, ?)
            ON CONFLICT (sha256) DO UPDATE SET deletedAt = NULL,
                bytes = coalesce(excluded.bytes, bytes)
            """,
            [sha256.rawValue, kind.rawValue, bytes, change.now]
        )
    }
}
