import GRDB

/// `006-files`: every file with its state, and series and studies as views of them.
enum CatalogueMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                DROP TABLE quarantine;
                CREATE TABLE file (
                    name TEXT PRIMARY KEY,
                    fingerprint TEXT NOT NULL,
                    method TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN
                        ('found', 'read', 'deidentified', 'verified', 'cohort', 'quarantined')),
                    reason TEXT,
                    detail TEXT NOT NULL,
                    patient TEXT,
                    studyUID TEXT,
                    seriesUID TEXT,
                    sopInstanceUID TEXT,
                    sha256 TEXT,
                    pixelSHA256 TEXT,
                    CHECK ((state = 'quarantined') = (reason IS NOT NULL)),
                    CHECK (state NOT IN ('verified', 'cohort') OR sha256 IS NOT NULL)
                ) STRICT;
                CREATE INDEX fileByStudy ON file (studyUID, seriesUID);
                CREATE INDEX fileByReason ON file (reason) WHERE reason IS NOT NULL;
                CREATE UNIQUE INDEX sliceOnce ON file (sopInstanceUID) WHERE state = 'cohort';
                CREATE VIEW series AS
                    SELECT studyUID, seriesUID, min(patient) AS patient, count(*) AS files,
                        sum(state = 'cohort') AS cohortFiles,
                        CASE
                            WHEN sum(state = 'cohort') > 0 THEN 'cohort'
                            WHEN sum(state = 'verified') > 0 THEN 'verified'
                            WHEN sum(state = 'deidentified') > 0 THEN 'deidentified'
                            WHEN sum(state = 'read') > 0 THEN 'read'
                            WHEN sum(state = 'found') > 0 THEN 'found'
                            ELSE 'quarantined'
                        END AS state,
                        (SELECT group_concat(reason, ', ') FROM
                            (SELECT DISTINCT reason FROM file AS other
                             WHERE other.seriesUID = file.seriesUID AND reason IS NOT NULL
                             ORDER BY reason)) AS reasons,
                        max(method) AS method
                    FROM file WHERE seriesUID IS NOT NULL GROUP BY studyUID, seriesUID;
                CREATE TABLE finding (
                    number INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL,
                    studyUID TEXT,
                    detail TEXT NOT NULL
                ) STRICT;
                CREATE TABLE intake (
                    number INTEGER PRIMARY KEY,
                    milliseconds INTEGER NOT NULL,
                    fingerprint TEXT NOT NULL,
                    files INTEGER NOT NULL,
                    accepted INTEGER NOT NULL,
                    exams INTEGER NOT NULL
                ) STRICT;
                """
        )
    }
}
