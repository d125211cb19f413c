import GRDB

/// `003-runs`: runs, their rounds, what each site contributed once a round, and its metrics.
enum RunsMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE run (
                    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
                    plan TEXT NOT NULL REFERENCES plan (sha256),
                    status TEXT NOT NULL CHECK
                        (status IN ('queued', 'waiting', 'running', 'completed', 'failed')),
                    createdAt INTEGER NOT NULL,
                    startedAt INTEGER,
                    endedAt INTEGER,
                    model TEXT REFERENCES blob (sha256),
                    failure TEXT,
                    CHECK ((status = 'failed') = (failure IS NOT NULL))
                ) STRICT;
                CREATE TABLE runSite (
                    run TEXT NOT NULL REFERENCES run (id),
                    site TEXT NOT NULL REFERENCES site (id),
                    PRIMARY KEY (run, site)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE round (
                    run TEXT NOT NULL REFERENCES run (id),
                    number INTEGER NOT NULL CHECK (number >= 1),
                    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
                    startModel TEXT NOT NULL REFERENCES blob (sha256),
                    model TEXT REFERENCES blob (sha256),
                    rollCall TEXT,
                    seconds REAL,
                    openedAt INTEGER NOT NULL,
                    closedAt INTEGER,
                    PRIMARY KEY (run, number),
                    CHECK ((status = 'closed') = (rollCall IS NOT NULL))
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE contribution (
                    run TEXT NOT NULL,
                    round INTEGER NOT NULL,
                    site TEXT NOT NULL,
                    sha256 TEXT NOT NULL REFERENCES blob (sha256),
                    status TEXT NOT NULL CHECK (status IN ('accepted', 'rejected')),
                    reason TEXT,
                    document TEXT,
                    receivedAt INTEGER NOT NULL,
                    UNIQUE (run, round, site),
                    FOREIGN KEY (run, round) REFERENCES round (run, number),
                    FOREIGN KEY (run, site) REFERENCES runSite (run, site),
                    CHECK ((status = 'rejected') = (reason IS NOT NULL)),
                    CHECK ((status = 'accepted') = (document IS NOT NULL))
                ) STRICT;
                CREATE TABLE metrics (
                    run TEXT NOT NULL,
                    site TEXT NOT NULL,
                    model TEXT NOT NULL REFERENCES blob (sha256),
                    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                    document TEXT NOT NULL,
                    receivedAt INTEGER NOT NULL,
                    PRIMARY KEY (run, site),
                    FOREIGN KEY (run, site) REFERENCES runSite (run, site)
                ) STRICT, WITHOUT ROWID;
                """
        )
    }
}
