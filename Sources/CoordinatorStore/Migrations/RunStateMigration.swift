import GRDB

/// `006-run-state`: the state machine of each run as it was after its last change.
enum RunStateMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE runState (
                    run TEXT PRIMARY KEY REFERENCES run (id),
                    snapshot BLOB NOT NULL,
                    savedAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                """
        )
    }
}
