package import AuditLog
import AuditedDatabase
package import Federation
import GRDB

extension CoordinatorStore {
    /// Queues a run of a plan by these sites.
    package func createRun(
        _ run: RunID,
        plan: SHA256Digest,
        sites: [SiteID],
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            try change.execute(
                "INSERT INTO run (id, plan, status, createdAt) VALUES (?, ?, 'queued', ?)",
                [run.rawValue, plan.rawValue, change.now]
            )
            for site in sites.sorted() {
                try change.execute(
                    "INSERT INTO runSite (run, site) VALUES (?, ?)",
                    [run.rawValue, site.rawValue]
                )
            }
            try change.audit(
                AuditEntry(
                    .runCreate,
                    by: actor,
                    on: AuditObject("plan", plan.rawValue, sha256: plan.rawValue),
                    study: run.rawValue,
                    count: sites.count
                )
            )
        }
    }

    /// Notes that a queued run waits for the sites' answers to its plan.
    package func markRunWaiting(_ run: RunID) async throws {
        try await change { change in
            try change.execute(
                "UPDATE run SET status = 'waiting' WHERE id = ? AND status = 'queued'",
                [run.rawValue]
            )
        }
    }

    /// Opens a round; the same opening again changes nothing.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if it was opened with another model,
    ///   `wrong-state` if the run is over or an earlier round is not closed.
    package func openRound(
        _ run: RunID,
        _ round: RoundNumber,
        model: SHA256Digest
    ) async throws {
        try await change { change in
            if let known = try RunTable.startModel(run, round, change.database) {
                guard known == model.rawValue else {
                    throw CoordinatorStoreError(
                        .conflict,
                        "round \(round) of \(run) was opened with another model"
                    )
                }
                return
            }
            try RunTable.requireReady(run, for: round, change.database)
            try change.execute(
                """
                UPDATE run SET status = 'running', startedAt = coalesce(startedAt, ?)
                WHERE id = ?
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
            try change.audit(
                AuditEntry(
                    .roundOpen,
                    by: .coordinator,
                    on: AuditObject("model", "global", sha256: model.rawValue),
                    study: run.rawValue,
                    round: round.rawValue
                )
            )
        }
    }

    /// Records the global model that a round made; the same again changes nothing.
    package func recordModel(
        _ run: RunID,
        _ round: RoundNumber,
        model: SHA256Digest,
        bytes: Int? = nil
    ) async throws {
        try await change { change in
            let old = try RunTable.model(run, round, change.database)
            if old == model.rawValue { return }
            guard old == nil else {
                throw CoordinatorStoreError(
                    .conflict,
                    "round \(round) of \(run) has made another model before"
                )
            }
            try BlobTable.insert(model, kind: .model, bytes: bytes, change)
            try change.execute(
                "UPDATE round SET model = ? WHERE run = ? AND number = ?",
                [model.rawValue, run.rawValue, round.rawValue]
            )
            guard change.changedRows == 1 else {
                throw CoordinatorStoreError(.notFound, "\(run) has no round \(round)")
            }
            try change.audit(
                AuditEntry(
                    .modelPublish,
                    by: .coordinator,
                    on: AuditObject("model", "global", sha256: model.rawValue),
                    study: run.rawValue,
                    round: round.rawValue
                )
            )
        }
    }

    /// Closes a round with its roll-call; closing it again changes nothing.
    package func closeRound(
        _ run: RunID,
        _ round: RoundNumber,
        rollCall: RollCall,
        seconds: Double
    ) async throws {
        let document = try StoredDocument.text(of: rollCall)
        try await change { change in
            try change.execute(
                """
                UPDATE round SET status = 'closed', rollCall = ?, seconds = ?, closedAt = ?
                WHERE run = ? AND number = ? AND status = 'open'
                """,
                [document, seconds, change.now, run.rawValue, round.rawValue]
            )
            guard change.changedRows == 1 else { return }
            for entry in rollCall.entries where entry.outcome.contribution == nil {
                try change.audit(Self.absence(of: entry, run, round))
            }
            let digest = SHA256Digest(hashing: Array(document.utf8))
            try change.audit(
                AuditEntry(
                    .roundClose,
                    by: .coordinator,
                    on: AuditObject("roll-call", "\(run)/\(round)", sha256: digest.rawValue),
                    study: run.rawValue,
                    round: round.rawValue,
                    count: rollCall.contributions.count
                )
            )
        }
    }

    /// Ends a run with its final model or with the reason of its failure; ending it again changes
    /// nothing.
    package func finishRun(
        _ run: RunID,
        model: SHA256Digest?,
        failure: String?
    ) async throws {
        precondition((model == nil) != (failure == nil), "a run ends with a model or a failure")
        try await change { change in
            try change.execute(
                """
                UPDATE run SET status = ?, model = ?, failure = ?, endedAt = ?
                WHERE id = ? AND status NOT IN ('completed', 'failed')
                """,
                [
                    failure == nil ? "completed" : "failed", model?.rawValue, failure, change.now,
                    run.rawValue,
                ]
            )
            guard change.changedRows == 1 else { return }
            try change.audit(
                AuditEntry(
                    failure == nil ? .runComplete : .runFail,
                    by: .coordinator,
                    on: model.map { AuditObject("model", "final", sha256: $0.rawValue) },
                    outcome: failure == nil ? .success : .seriousFailure,
                    study: run.rawValue
                )
            )
        }
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
}
