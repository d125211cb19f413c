import AuditLog
import AuditedDatabase
import Federation
import GRDB

/// Writes and questions to the table `round`.
enum RoundTable {
    static func startModel(
        _ run: RunID,
        _ round: RoundNumber,
        _ database: Database
    ) throws -> String? {
        try column("startModel", run, round, database)
    }

    static func model(_ run: RunID, _ round: RoundNumber, _ database: Database) throws -> String? {
        try column("model", run, round, database)
    }

    static func isOpen(_ run: RunID, _ round: RoundNumber, _ database: Database) throws -> Bool {
        try column("status", run, round, database) == "open"
    }

    /// Whether a later round than this one is open.
    static func isOpen(
        _ run: RunID,
        after round: RoundNumber,
        _ database: Database
    ) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM round WHERE run = ? AND number > ? AND status = 'open')
            """
        return try Bool.fetchOne(
            database,
            sql: sql,
            arguments: [run.rawValue, round.rawValue]
        ) ?? false
    }

    /// Opens a round; the same opening again changes nothing.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if it was opened with another model,
    ///   `wrong-state` if the run is over or an earlier round is not closed.
    static func open(
        _ run: RunID,
        _ round: RoundNumber,
        model: SHA256Digest,
        _ change: Change
    ) throws -> RunRecord.Outcome {
        if let known = try startModel(run, round, change.database) {
            guard known == model.rawValue else {
                throw CoordinatorStoreError(
                    .conflict,
                    "round \(round) of \(run) was opened with another model"
                )
            }
            return .repeated
        }
        try RunTable.requireReady(run, for: round, change.database)
        try change.execute(
            """
            UPDATE run SET status = 'running', startedAt = coalesce(startedAt, ?) WHERE id = ?
            """,
            [change.now, run.rawValue]
        )
        try change.execute(
            """
            INSERT INTO round (run, number, status, startModel, openedAt)
            VALUES (?, ?, 'open', ?, ?)
            """,
            [run.rawValue, round.rawValue, model.rawValue, change.now]
        )
        try change.audit(entry(.roundOpen, run, round, "model", "global", model))
        return .recorded
    }

    /// Records the global model that a round made; the same again changes nothing.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if it made another one before.
    static func publish(
        _ run: RunID,
        _ round: RoundNumber,
        model: SHA256Digest,
        _ change: Change
    ) throws -> RunRecord.Outcome {
        let old = try self.model(run, round, change.database)
        if old == model.rawValue { return .repeated }
        guard old == nil else {
            throw CoordinatorStoreError(
                .conflict,
                "round \(round) of \(run) has made another model before"
            )
        }
        try BlobTable.insert(model, kind: .model, bytes: nil, change)
        try change.execute(
            "UPDATE round SET model = ? WHERE run = ? AND number = ?",
            [model.rawValue, run.rawValue, round.rawValue]
        )
        guard change.changedRows == 1 else {
            throw CoordinatorStoreError(.notFound, "\(run) has no round \(round)")
        }
        try change.audit(entry(.modelPublish, run, round, "model", "global", model))
        return .recorded
    }

    /// Closes a round with its roll-call; closing it again changes nothing.
    static func close(
        _ run: RunID,
        _ round: RoundNumber,
        _ rollCall: RollCall,
        _ change: Change
    ) throws -> RunRecord.Outcome {
        let document = try StoredDocument.text(of: rollCall)
        try change.execute(
            """
            UPDATE round SET status = 'closed', rollCall = ?, closedAt = ?,
                seconds = max(0, ? - openedAt) / 1000.0
            WHERE run = ? AND number = ? AND status = 'open'
            """,
            [document, change.now, change.now, run.rawValue, round.rawValue]
        )
        guard change.changedRows == 1 else { return .repeated }
        for entry in rollCall.entries where entry.outcome.contribution == nil {
            try change.audit(absence(of: entry, run, round))
        }
        var record = entry(
            .roundClose,
            run,
            round,
            "roll-call",
            "\(run)/\(round)",
            SHA256Digest(hashing: Array(document.utf8))
        )
        record.count = rollCall.contributions.count
        try change.audit(record)
        return .recorded
    }

    /// Records that a person was alarmed: one audit record a site that it is about.
    static func alarm(
        _ run: RunID,
        _ round: RoundNumber,
        _ alarm: RoundAlarm,
        _ change: Change
    ) throws {
        for site in alarm.sites {
            try change.audit(
                AuditEntry(
                    .roundAlarm,
                    by: .coordinator,
                    on: AuditObject("site", site.rawValue),
                    outcome: .minorFailure,
                    study: run.rawValue,
                    round: round.rawValue,
                    reason: alarm.code
                )
            )
        }
    }

    private static func entry(
        _ act: AuditAct,
        _ run: RunID,
        _ round: RoundNumber,
        _ kind: String,
        _ id: String,
        _ sha256: SHA256Digest
    ) -> AuditEntry {
        AuditEntry(
            act,
            by: .coordinator,
            on: AuditObject(kind, id, sha256: sha256.rawValue),
            study: run.rawValue,
            round: round.rawValue
        )
    }

    private static func absence(
        of entry: RollCallEntry,
        _ run: RunID,
        _ round: RoundNumber
    ) -> AuditEntry {
        var isRefusal = false
        if case .refused = entry.outcome { isRefusal = true }
        return AuditEntry(
            isRefusal ? .roundSiteRefuse : .roundSiteFail,
            by: .coordinator,
            on: AuditObject("site", entry.share.site.rawValue),
            outcome: .minorFailure,
            study: run.rawValue,
            round: round.rawValue,
            reason: entry.outcome.reason.map { "\(entry.outcome.group)/\($0)" }
        )
    }

    private static func column(
        _ name: String,
        _ run: RunID,
        _ round: RoundNumber,
        _ database: Database
    ) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT \(name) FROM round WHERE run = ? AND number = ?",
            arguments: [run.rawValue, round.rawValue]
        )
    }
}
