import GRDB

/// `004-audit`: the audit log, which the database itself refuses to change.
enum AuditMigration {
    static func apply(_ database: Database) throws {
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
}
