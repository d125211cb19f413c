import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Freezes exams as the next version; the latest version again if it is the same exams.
    package func freeze(_ exams: [CohortExam], fingerprint: String) async throws -> CohortRow {
        try await change { change in
            if let latest = try Self.latest(change.database), latest.fingerprint == fingerprint {
                return latest
            }
            return try Self.insert(exams, fingerprint, .freeze, change)
        }
    }

    /// Takes a patient out for good: exams and copies leave the catalogue, and the latest cohort
    /// gets a successor without the patient.
    ///
    /// - Parameters:
    ///   - patient: The pseudonym.
    ///   - remaining: The exams of the latest cohort without the patient's, and their fingerprint;
    ///     nil if no cohort is frozen or the patient is not in the latest.
    /// - Returns: The new version, if one was made.
    /// - Throws: ``SiteStoreError`` if the database fails.
    package func withdraw(
        patient: String,
        remaining: (exams: [CohortExam], fingerprint: String)?
    ) async throws -> CohortRow? {
        try await change { change in
            try change.execute(
                "INSERT OR IGNORE INTO withdrawal VALUES (?, ?)",
                [patient, change.now]
            )
            guard change.changedRows == 1 else { return nil }
            try change.execute("DELETE FROM exam WHERE patient = ?", [patient])
            try change.execute(
                """
                UPDATE file SET state = 'quarantined', reason = 'patient-withdrawn', detail = '',
                    patient = NULL, studyUID = NULL, seriesUID = NULL, sopInstanceUID = NULL,
                    inputDigest = NULL, sha256 = NULL, pixelSHA256 = NULL
                WHERE patient = ?
                """,
                [patient]
            )
            let files = change.changedRows
            try Self.forgetVanishedStudies(change)
            try change.audit(
                AuditEntry(
                    .cohortWithdraw,
                    by: .siteAdmin,
                    on: AuditObject("patient", patient),
                    count: files
                )
            )
            guard let remaining else { return nil }
            return try Self.insert(
                remaining.exams,
                remaining.fingerprint,
                .withdrawal,
                change
            )
        }
    }

    private static func insert(
        _ exams: [CohortExam],
        _ fingerprint: String,
        _ cause: CohortRow.Cause,
        _ change: Change
    ) throws -> CohortRow {
        let latest = try latest(change.database)
        let row = CohortRow(
            version: (latest?.version ?? 0) + 1,
            fingerprint: fingerprint,
            cause: cause,
            exams: exams,
            frozenMilliseconds: change.now
        )
        try row.insert(change.database)
        for exam in exams {
            try change.execute(
                "INSERT INTO cohortExam VALUES (?, ?, ?, ?, ?, ?)",
                [row.version, exam.studyUID, exam.patient, exam.leaf, exam.slices, exam.positive]
            )
        }
        try change.audit(
            AuditEntry(
                .cohortFreeze,
                by: cause == .freeze ? .agent : .siteAdmin,
                on: AuditObject("cohort", "\(row.version)", sha256: fingerprint),
                reason: cause.rawValue,
                old: latest?.fingerprint,
                count: exams.count
            )
        )
        return row
    }

    private static func latest(_ database: Database) throws -> CohortRow? {
        try CohortRow.order(Column("version").desc).fetchOne(database)
    }

    /// The version frozen last.
    package func latestCohort() async throws -> CohortRow? {
        try await read { try Self.latest($0) }
    }

    /// Every version, oldest first.
    package func cohorts() async throws -> [CohortRow] {
        try await read { try CohortRow.order(Column("version")).fetchAll($0) }
    }

    /// The exams of a version, ascending by study UID.
    package func exams(ofCohort version: Int) async throws -> [CohortExam] {
        try await read { database in
            try CohortExam.fetchAll(
                database,
                sql: """
                    SELECT studyUID, patient, leaf, slices, positive FROM cohortExam
                    WHERE version = ? ORDER BY studyUID
                    """,
                arguments: [version]
            )
        }
    }

    /// The pseudonyms of withdrawn patients, ascending.
    package func withdrawnPatients() async throws -> [String] {
        try await read {
            try String.fetchAll($0, sql: "SELECT patient FROM withdrawal ORDER BY patient")
        }
    }

    /// Every round that began with a cohort that held the patient, by run and number.
    package func rounds(using patient: String) async throws -> [RoundStart] {
        try await read { database in
            try RoundStart.fetchAll(
                database,
                sql: """
                    SELECT * FROM roundStart WHERE cohort IN
                        (SELECT version FROM cohortExam WHERE patient = ?)
                    ORDER BY run, number
                    """,
                arguments: [patient]
            )
        }
    }
}
