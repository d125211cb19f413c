import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Keeps the state of files that were found, changed or vanished since the last intake.
    package func recordScan(_ files: [FileRow], vanished: [String]) async throws {
        try await change { change in
            for row in files { try row.save(change.database) }
            for name in vanished { try change.execute("DELETE FROM file WHERE name = ?", [name]) }
            try change.audit(
                AuditEntry(
                    .sourceScan,
                    by: .agent,
                    on: AuditObject("folder", "source"),
                    new: vanished.isEmpty ? nil : "vanished:\(vanished.count)",
                    count: files.count
                )
            )
        }
    }

    /// Keeps what became of a batch of files, so that an interrupted intake goes on from there.
    package func record(_ files: [FileRow]) async throws {
        guard !files.isEmpty else { return }
        try await change { change in
            for row in files { try row.save(change.database) }
            try Self.audit(files, change)
        }
    }

    /// Replaces the catalogue by the outcome of an intake, in one transaction.
    package func commit(_ outcome: IntakeOutcome) async throws {
        try await change { change in
            try change.execute(
                "DELETE FROM exam; DELETE FROM file; DELETE FROM joinIssue; DELETE FROM finding"
            )
            for exam in outcome.exams { try exam.insert(change.database) }
            for row in outcome.files { try row.insert(change.database) }
            try Self.forgetVanishedStudies(change)
            for issue in outcome.issues {
                try change.execute(
                    "INSERT INTO joinIssue (source, reason, place) VALUES (?, ?, ?)",
                    [issue.source, issue.reason, issue.place]
                )
            }
            for finding in outcome.findings {
                try change.execute(
                    "INSERT INTO finding (kind, studyUID, patient, detail) VALUES (?, ?, ?, ?)",
                    [finding.kind, finding.studyUID, finding.patient, finding.detail]
                )
            }
            let accepted = outcome.files.count { $0.state == .cohort }
            try change.execute(
                """
                INSERT INTO intake (milliseconds, fingerprint, files, accepted, exams)
                VALUES (?, ?, ?, ?, ?)
                """,
                [
                    change.now, outcome.fingerprint, outcome.files.count, accepted,
                    outcome.exams.count,
                ]
            )
            try Self.audit(outcome, change)
        }
    }

    private static func audit(_ outcome: IntakeOutcome, _ change: Change) throws {
        let number = change.database.lastInsertedRowID
        try change.audit(
            AuditEntry(
                .labelsImport,
                by: .agent,
                on: AuditObject("issue", "unmatched"),
                count: outcome.issues.count
            )
        )
        try audit(outcome.files, change)
        try change.audit(
            AuditEntry(
                .cohortBuild,
                by: .agent,
                on: AuditObject("intake", "\(number)", sha256: outcome.fingerprint),
                count: outcome.exams.count
            )
        )
    }

    /// One record for the files that passed, one for each reason why others did not.
    static func audit(_ files: [FileRow], _ change: Change) throws {
        let passed = files.count { $0.state != .quarantined }
        try change.audit(
            AuditEntry(
                .instanceImport,
                by: .agent,
                on: AuditObject("instance", "accepted"),
                count: passed
            )
        )
        let reasons = Dictionary(grouping: files.compactMap(\.reason)) { $0 }
        for (reason, held) in reasons.sorted(by: { $0.key < $1.key }) {
            try change.audit(
                AuditEntry(
                    .instanceQuarantine,
                    by: .agent,
                    on: AuditObject("instance", "quarantine"),
                    reason: reason,
                    count: held.count
                )
            )
        }
    }

    /// The digest of what the last complete intake saw.
    package func lastIntake() async throws -> (fingerprint: String, milliseconds: Int64)? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT fingerprint, milliseconds FROM intake ORDER BY number DESC LIMIT 1"
            ).map { ($0["fingerprint"], $0["milliseconds"]) }
        }
    }

    /// The exams, ascending by study UID.
    package func exams() async throws -> [ExamRow] {
        try await read { database in
            try ExamRow.order(Column("studyUID")).fetchAll(database)
        }
    }

    /// Every file, ascending by its keyed name.
    package func files() async throws -> [FileRow] {
        try await read { try FileRow.order(Column("name")).fetchAll($0) }
    }

    /// Every series, ascending by study and series UID.
    package func series() async throws -> [SeriesRow] {
        try await read {
            try SeriesRow.fetchAll($0, sql: "SELECT * FROM series ORDER BY studyUID, seriesUID")
        }
    }

    /// Every study, ascending by study UID.
    package func studies() async throws -> [StudyRow] {
        try await read {
            try StudyRow.fetchAll(
                $0,
                sql: """
                    SELECT study.*, manifest.root AS manifestRoot
                    FROM study LEFT JOIN manifest USING (studyUID) ORDER BY studyUID
                    """
            )
        }
    }

    /// How many files are in each state, in the order a file takes.
    package func fileCounts() async throws -> [(state: FileRow.State, files: Int)] {
        let counts = try await read { database in
            try Row.fetchAll(database, sql: "SELECT state, count(*) AS files FROM file GROUP BY 1")
                .map { row -> (FileRow.State, Int) in (row["state"], row["files"]) }
        }
        return FileRow.State.allCases.compactMap { state in
            counts.first { $0.0 == state }.map { (state, $0.1) }
        }
    }

    /// Files not accepted, by reason, ascending by reason.
    package func quarantineCounts() async throws -> [(reason: String, files: Int)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT reason, count(*) AS files FROM file WHERE reason IS NOT NULL
                    GROUP BY reason ORDER BY 1
                    """
            ).map { ($0["reason"], $0["files"]) }
        }
    }

    /// Labels and masks that did not match, by source and reason.
    package func joinIssueCounts() async throws -> [(source: String, reason: String, count: Int)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT source, reason, COUNT(*) AS count FROM joinIssue
                    GROUP BY source, reason ORDER BY 1, 2
                    """
            ).map { ($0["source"], $0["reason"], $0["count"]) }
        }
    }

    /// What the data checks found, by kind, then by exam.
    package func findings() async throws -> [FindingRow] {
        try await read {
            try FindingRow.fetchAll(
                $0,
                sql: "SELECT * FROM finding ORDER BY kind, studyUID, number"
            )
        }
    }
}
