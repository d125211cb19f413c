import GRDB

/// `011-manifests`: what was done to each series, the signed record of each study, and the versions
/// of program and rules apart; a file keeps the series it belongs to whatever becomes of it.
enum ManifestMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                DROP VIEW series;
                ALTER TABLE file RENAME COLUMN method TO tool;
                ALTER TABLE file ADD COLUMN profileDigest TEXT NOT NULL DEFAULT '';
                ALTER TABLE file ADD COLUMN inputDigest TEXT;
                ALTER TABLE finding ADD COLUMN patient TEXT;
                CREATE TABLE seriesRecord (
                    seriesUID TEXT PRIMARY KEY,
                    studyUID TEXT NOT NULL,
                    inputs TEXT NOT NULL,
                    actions TEXT NOT NULL,
                    report TEXT NOT NULL
                ) STRICT;
                CREATE INDEX seriesRecordByStudy ON seriesRecord (studyUID);
                CREATE TABLE manifest (
                    studyUID TEXT PRIMARY KEY,
                    root TEXT NOT NULL CHECK (length(root) = 64),
                    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                    tool TEXT NOT NULL,
                    profileDigest TEXT NOT NULL,
                    files INTEGER NOT NULL CHECK (files > 0),
                    milliseconds INTEGER NOT NULL
                ) STRICT;
                \(stateView("series", key: "seriesUID"))
                \(stateView("study", key: "studyUID"))
                """
        )
    }

    /// Series or studies as the sum of their files.
    private static func stateView(_ name: String, key: String) -> String {
        """
        CREATE VIEW \(name) AS
            SELECT studyUID, \(key == "studyUID" ? "count(DISTINCT seriesUID) AS series" : key),
                min(patient) AS patient, count(*) AS files,
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
                     WHERE other.\(key) = file.\(key) AND reason IS NOT NULL
                     ORDER BY reason)) AS reasons,
                max(tool) AS tool, max(profileDigest) AS profileDigest
            FROM file WHERE \(key) IS NOT NULL GROUP BY \(key);
        """
    }
}
