import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Replaces the whole catalogue in one transaction: a repeated scan gives the same state.
    package func replaceCatalogue(
        exams: [ExamRow],
        quarantine: [QuarantineRow],
        issues: [JoinIssueRow]
    ) async throws {
        try await change { change in
            try change.execute("DELETE FROM exam; DELETE FROM quarantine; DELETE FROM joinIssue")
            for exam in exams { try exam.insert(change.database) }
            for row in quarantine { try row.insert(change.database) }
            for issue in issues {
                try change.execute(
                    "INSERT INTO joinIssue (source, reason, place) VALUES (?, ?, ?)",
                    [issue.source, issue.reason, issue.place]
                )
            }
            try change.audit(
                AuditEntry(
                    .cohortBuild,
                    by: .agent,
                    on: AuditObject("exam", "cohort"),
                    count: exams.count
                )
            )
            try change.audit(
                AuditEntry(
                    .instanceQuarantine,
                    by: .agent,
                    on: AuditObject("instance", "quarantine"),
                    count: quarantine.count
                )
            )
        }
    }

    /// The exams, ascending by study UID.
    package func exams() async throws -> [ExamRow] {
        try await read { database in
            try ExamRow.order(Column("studyUID")).fetchAll(database)
        }
    }

    /// Files not accepted, by reason, ascending by reason.
    package func quarantineCounts() async throws -> [(reason: String, files: Int)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT reason, COUNT(*) AS files FROM quarantine GROUP BY reason ORDER BY 1"
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
}
