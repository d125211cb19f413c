import AuditLog
import AuditedDatabase
import GRDB

/// The site's schema, as named steps that are only ever added to.
enum SiteMigrations {
    static func migrator(_ clock: any AuditClock) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001-catalogue", migrate: createCatalogue)
        migrator.registerMigration("002-plans-and-rounds", migrate: createPlansAndRounds)
        migrator.registerMigration("003-egress", migrate: createEgress)
        migrator.registerMigration("004-audit", migrate: AuditTable.create)
        migrator.registerMigration("005-round-starts", migrate: createRoundStarts)
        migrator.registerMigration("006-files", migrate: CatalogueMigration.apply)
        migrator.registerMigration("007-cohorts", migrate: CohortMigration.apply)
        migrator.registerMigration("008-split", migrate: createSplit)
        migrator.registerMigration("009-audit-tree") {
            try AuditTree.adopt($0, name: auditLogName(), at: clock.stamp())
        }
        migrator.registerMigration("010-sources", migrate: SourcesMigration.apply)
        migrator.registerMigration("011-manifests", migrate: ManifestMigration.apply)
        migrator.registerMigration("012-training-state", migrate: createTrainingState)
        return migrator
    }

    /// A name that no other site's log has, and that stays when the site gets another id.
    private static func auditLogName() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return "site/" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func createCatalogue(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE exam (
                    studyUID TEXT PRIMARY KEY,
                    patient TEXT NOT NULL,
                    seriesUID TEXT NOT NULL,
                    manufacturer TEXT NOT NULL,
                    model TEXT NOT NULL,
                    thicknessMM REAL NOT NULL,
                    slices INTEGER NOT NULL CHECK (slices > 0),
                    record TEXT NOT NULL
                ) STRICT;
                CREATE TABLE quarantine (
                    file TEXT PRIMARY KEY,
                    reason TEXT NOT NULL,
                    detail TEXT NOT NULL
                ) STRICT;
                CREATE INDEX quarantineByReason ON quarantine (reason);
                CREATE TABLE joinIssue (
                    number INTEGER PRIMARY KEY,
                    source TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    place TEXT NOT NULL
                ) STRICT;
                """
        )
    }

    private static func createPlansAndRounds(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE plan (
                    sha256 TEXT PRIMARY KEY,
                    document BLOB NOT NULL,
                    receivedMilliseconds INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE planAnswer (
                    sha256 TEXT PRIMARY KEY REFERENCES plan (sha256),
                    decision TEXT NOT NULL CHECK (decision IN ('approved', 'declined')),
                    decidedBy TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    answeredMilliseconds INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE round (
                    run TEXT NOT NULL,
                    number INTEGER NOT NULL CHECK (number > 0),
                    plan TEXT NOT NULL REFERENCES plan (sha256),
                    deltaSHA256 TEXT NOT NULL,
                    examples INTEGER NOT NULL,
                    meanLoss REAL NOT NULL,
                    seconds REAL NOT NULL,
                    outcome TEXT,
                    PRIMARY KEY (run, number)
                ) STRICT;
                CREATE TABLE metrics (
                    run TEXT PRIMARY KEY,
                    modelSHA256 TEXT NOT NULL,
                    document TEXT NOT NULL
                ) STRICT;
                """
        )
    }

    private static func createEgress(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE egress (
                    number INTEGER PRIMARY KEY,
                    milliseconds INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    bytes INTEGER NOT NULL,
                    sha256 TEXT NOT NULL,
                    recipient TEXT NOT NULL,
                    plan TEXT
                ) STRICT;
                CREATE TRIGGER egressIsNeverChanged BEFORE UPDATE ON egress
                BEGIN SELECT RAISE(ABORT, 'the egress ledger is append-only'); END;
                CREATE TRIGGER egressIsNeverDeleted BEFORE DELETE ON egress
                BEGIN SELECT RAISE(ABORT, 'the egress ledger is append-only'); END;
                """
        )
    }

    private static func createRoundStarts(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE roundStart (
                    run TEXT NOT NULL,
                    number INTEGER NOT NULL CHECK (number > 0),
                    plan TEXT NOT NULL REFERENCES plan (sha256),
                    modelSHA256 TEXT NOT NULL,
                    milliseconds INTEGER NOT NULL,
                    PRIMARY KEY (run, number)
                ) STRICT;
                """
        )
    }

    private static func createTrainingState(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE trainingState (
                    run TEXT NOT NULL,
                    number INTEGER NOT NULL CHECK (number > 0),
                    kind TEXT NOT NULL CHECK (kind IN ('control', 'private')),
                    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                    PRIMARY KEY (run, number, kind)
                ) STRICT;
                ALTER TABLE round ADD COLUMN reason TEXT;
                """
        )
    }

    private static func createSplit(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE split (
                    rule TEXT NOT NULL,
                    patient TEXT NOT NULL,
                    isTest INTEGER NOT NULL CHECK (isTest IN (0, 1)),
                    PRIMARY KEY (rule, patient)
                ) STRICT;
                CREATE TRIGGER splitIsNeverChanged BEFORE UPDATE ON split
                BEGIN SELECT RAISE(ABORT, 'a patient keeps the side of a split'); END;
                """
        )
    }
}
