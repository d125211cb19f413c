import GRDB

/// `007-cohorts`: frozen cohorts, which never change, withdrawn patients, and which cohort a round
/// used.
enum CohortMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE cohort (
                    version INTEGER PRIMARY KEY CHECK (version > 0),
                    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
                    cause TEXT NOT NULL CHECK (cause IN ('freeze', 'withdrawal')),
                    exams INTEGER NOT NULL,
                    patients INTEGER NOT NULL,
                    slices INTEGER NOT NULL,
                    labelled INTEGER NOT NULL,
                    positives INTEGER NOT NULL,
                    frozenMilliseconds INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE cohortExam (
                    version INTEGER NOT NULL REFERENCES cohort (version),
                    studyUID TEXT NOT NULL,
                    patient TEXT NOT NULL,
                    leaf TEXT NOT NULL CHECK (length(leaf) = 64),
                    slices INTEGER NOT NULL,
                    positive INTEGER,
                    PRIMARY KEY (version, studyUID)
                ) STRICT;
                CREATE INDEX cohortExamByPatient ON cohortExam (patient, version);
                CREATE TRIGGER cohortIsNeverChanged BEFORE UPDATE ON cohort
                BEGIN SELECT RAISE(ABORT, 'a frozen cohort never changes'); END;
                CREATE TRIGGER cohortIsNeverDeleted BEFORE DELETE ON cohort
                BEGIN SELECT RAISE(ABORT, 'a frozen cohort never changes'); END;
                CREATE TRIGGER cohortExamIsNeverChanged BEFORE UPDATE ON cohortExam
                BEGIN SELECT RAISE(ABORT, 'a frozen cohort never changes'); END;
                CREATE TRIGGER cohortExamIsNeverDeleted BEFORE DELETE ON cohortExam
                BEGIN SELECT RAISE(ABORT, 'a frozen cohort never changes'); END;
                CREATE TABLE withdrawal (
                    patient TEXT PRIMARY KEY,
                    milliseconds INTEGER NOT NULL
                ) STRICT;
                ALTER TABLE roundStart ADD COLUMN cohort INTEGER REFERENCES cohort (version);
                ALTER TABLE round ADD COLUMN contribution TEXT;
                """
        )
    }
}
