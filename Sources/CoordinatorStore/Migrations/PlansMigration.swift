import GRDB

/// `002-plans`: blobs (models, deltas), plans in canonical form, and the sites' answers to them.
enum PlansMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE blob (
                    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
                    kind TEXT NOT NULL CHECK (kind IN ('model', 'delta')),
                    bytes INTEGER CHECK (bytes >= 0),
                    recordedAt INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE plan (
                    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
                    name TEXT NOT NULL,
                    document BLOB NOT NULL,
                    initialModel TEXT NOT NULL REFERENCES blob (sha256),
                    submittedAt INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE approval (
                    plan TEXT NOT NULL REFERENCES plan (sha256),
                    site TEXT NOT NULL REFERENCES site (id),
                    decision TEXT NOT NULL CHECK (decision IN ('approved', 'declined')),
                    decidedBy TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    exams INTEGER NOT NULL CHECK (exams >= 0),
                    positiveExams INTEGER CHECK (positiveExams >= 0),
                    answeredAt INTEGER NOT NULL,
                    PRIMARY KEY (plan, site)
                ) STRICT, WITHOUT ROWID;
                """
        )
    }
}
