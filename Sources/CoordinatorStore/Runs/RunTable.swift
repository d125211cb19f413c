import AuditLog
import AuditedDatabase
import Federation
import GRDB

/// Writes and questions to the tables `run` and `runSite`.
enum RunTable {
    /// Notes that a queued run waits for the sites' answers to its plan.
    static func takeUp(_ run: RunID, _ change: Change) throws {
        try change.execute(
            "UPDATE run SET status = 'waiting' WHERE id = ? AND status = 'queued'",
            [run.rawValue]
        )
    }

    /// Ends a run with its final model or with the reason of its failure; ending it again changes
    /// nothing.
    static func finish(
        _ run: RunID,
        model: SHA256Digest?,
        _ failure: String?,
        _ change: Change
    ) throws -> RunRecord.Outcome {
        try change.execute(
            """
            UPDATE run SET status = ?, model = ?, failure = ?, endedAt = ?, pausedAt = NULL
            WHERE id = ? AND status NOT IN ('completed', 'failed')
            """,
            [
                failure == nil ? "completed" : "failed", model?.rawValue, failure, change.now,
                run.rawValue,
            ]
        )
        guard change.changedRows == 1 else { return .repeated }
        try change.audit(
            AuditEntry(
                failure == nil ? .runComplete : .runFail,
                by: .coordinator,
                on: model.map { AuditObject("model", "final", sha256: $0.rawValue) },
                outcome: failure == nil ? .success : .seriousFailure,
                study: run.rawValue
            )
        )
        return .recorded
    }

    /// Notes that a site was told that the run is over.
    static func dismiss(
        _ site: SiteID,
        from run: RunID,
        _ change: Change
    ) throws -> RunRecord.Outcome {
        try change.execute(
            "UPDATE runSite SET dismissedAt = ? WHERE run = ? AND site = ? AND dismissedAt IS NULL",
            [change.now, run.rawValue, site.rawValue]
        )
        return change.changedRows == 1 ? .recorded : .repeated
    }

    /// Throws unless the run is under way and every round before this one is closed.
    static func requireReady(
        _ run: RunID,
        for round: RoundNumber,
        _ database: Database
    ) throws {
        let status = try String.fetchOne(
            database,
            sql: "SELECT status FROM run WHERE id = ?",
            arguments: [run.rawValue]
        )
        guard let status else {
            throw CoordinatorStoreError(.notFound, "there is no run \(run)")
        }
        let closed = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM round WHERE run = ? AND status = 'closed'",
            arguments: [run.rawValue]
        )
        guard status != "completed", status != "failed", closed == round.rawValue - 1 else {
            throw CoordinatorStoreError(
                .wrongState,
                "round \(round) cannot follow: \(run) is \(status) with "
                    + "\(closed ?? 0) closed rounds"
            )
        }
    }
}
