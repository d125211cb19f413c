import GRDB

/// `005-checkpoints`: signed checkpoints of the audit log with the right edge of its tree.
enum CheckpointsMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE auditCheckpoint (
                    size INTEGER PRIMARY KEY CHECK (size >= 1),
                    edge BLOB NOT NULL CHECK (length(edge) % 32 = 0),
                    note BLOB NOT NULL
                ) STRICT;
                CREATE TRIGGER auditCheckpointIsNeverDeleted BEFORE DELETE ON auditCheckpoint
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                CREATE TRIGGER auditCheckpointKeepsItsPlace
                BEFORE UPDATE OF size, edge ON auditCheckpoint
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                """
        )
    }
}
