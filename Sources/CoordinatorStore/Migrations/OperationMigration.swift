import GRDB

/// `008-operation`: requests of the operator, what sites are doing, who was told that a run is
/// over, and which blobs were deleted.
enum OperationMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE runRequest (
                    id INTEGER PRIMARY KEY,
                    run TEXT NOT NULL REFERENCES run (id),
                    verb TEXT NOT NULL
                        CHECK (verb IN ('pause', 'resume', 'abort', 'close-round')),
                    requestedAt INTEGER NOT NULL,
                    handledAt INTEGER
                ) STRICT;
                CREATE INDEX runRequestOpen ON runRequest (id) WHERE handledAt IS NULL;
                CREATE TABLE siteProgress (
                    site TEXT PRIMARY KEY REFERENCES site (id),
                    heardAt INTEGER NOT NULL,
                    run TEXT REFERENCES run (id),
                    round INTEGER,
                    phase TEXT,
                    fraction REAL,
                    meanLoss REAL
                ) STRICT, WITHOUT ROWID;
                ALTER TABLE run ADD COLUMN pausedAt INTEGER;
                ALTER TABLE runSite ADD COLUMN dismissedAt INTEGER;
                ALTER TABLE blob ADD COLUMN deletedAt INTEGER;
                """
        )
    }
}
