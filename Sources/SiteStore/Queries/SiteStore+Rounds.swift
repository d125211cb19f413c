import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Records that work on a round begins; the same round again after a restart changes nothing.
    package func begin(_ start: RoundStart) async throws {
        try await change { change in
            try start.insert(change.database, onConflict: .ignore)
            guard change.changedRows == 1 else { return }
            let model = AuditObject(
                "model",
                "\(start.run)/\(start.number)",
                sha256: start.modelSHA256
            )
            try change.audit(
                AuditEntry(
                    .modelReceive,
                    by: .agent,
                    on: model,
                    study: start.run,
                    round: start.number
                )
            )
            try change.audit(
                AuditEntry(
                    .trainingStart,
                    by: .agent,
                    on: AuditObject("plan", start.plan, sha256: start.plan),
                    study: start.run,
                    round: start.number,
                    new: start.cohort.map { "cohort-\($0)" }
                )
            )
        }
    }

    /// Keeps what was trained in a round, before it is sent, with what the next one begins from.
    package func save(_ round: RoundRow, states: [TrainingStateRow] = []) async throws {
        try await change { change in
            try round.save(change.database)
            for state in states { try state.save(change.database) }
            try change.audit(
                AuditEntry(
                    .trainingFinish,
                    by: .agent,
                    on: round.auditObject,
                    study: round.run,
                    round: round.number,
                    count: round.examples
                )
            )
        }
    }

    /// Keeps what the coordinator made of a round's contribution.
    ///
    /// - Throws: ``SiteStoreError`` `wrong-state` if the round was never saved.
    package func recordDelivery(
        run: String,
        number: Int,
        outcome: String,
        reason: String? = nil
    ) async throws {
        try await change { change in
            let key = ["run": run, "number": number] as [String: any DatabaseValueConvertible]
            guard var round = try RoundRow.fetchOne(change.database, key: key) else {
                throw SiteStoreError(.wrongState, "round \(number) of \(run) was never saved")
            }
            round.outcome = outcome
            round.reason = reason
            try round.update(change.database)
            try change.audit(
                AuditEntry(
                    .updateSend,
                    by: .agent,
                    on: round.auditObject,
                    study: run,
                    round: number,
                    new: outcome,
                    count: round.examples
                )
            )
        }
    }

    /// Every round this site began to work on, by run and number.
    package func roundStarts() async throws -> [RoundStart] {
        try await read { database in
            try RoundStart.order(Column("run"), Column("number")).fetchAll(database)
        }
    }

    /// The model of the round that began last; nil before the first.
    package func newestModel() async throws -> String? {
        try await read { database in
            try RoundStart.order(Column("milliseconds").desc).fetchOne(database)?.modelSHA256
        }
    }

    /// What was trained in a round, if it was.
    package func round(run: String, number: Int) async throws -> RoundRow? {
        try await read { database in
            try RoundRow.filter(Column("run") == run && Column("number") == number)
                .fetchOne(database)
        }
    }

    /// The round whose update has a digest; nil if none was trained.
    package func round(delta sha256: String) async throws -> RoundRow? {
        try await read { database in
            try RoundRow.filter(Column("deltaSHA256") == sha256).fetchOne(database)
        }
    }

    /// How many rounds under a plan the coordinator has answered this site's update of.
    package func roundsGiven(plan sha256: String) async throws -> Int {
        try await read { database in
            try RoundRow.filter(Column("plan") == sha256 && Column("outcome") != nil)
                .fetchCount(database)
        }
    }

    /// Every round, by run and number.
    package func rounds() async throws -> [RoundRow] {
        try await read { database in
            try RoundRow.order(Column("run"), Column("number")).fetchAll(database)
        }
    }

    /// Keeps the metrics that are sent for a run.
    package func saveMetrics(run: String, modelSHA256: String, document: String) async throws {
        try await change { change in
            try change.execute(
                "INSERT OR REPLACE INTO metrics VALUES (?, ?, ?)",
                [run, modelSHA256, document]
            )
            try change.audit(
                AuditEntry(
                    .scoringFinish,
                    by: .agent,
                    on: AuditObject("model", "final", sha256: modelSHA256),
                    study: run
                )
            )
        }
    }

    /// The metrics of a run for a model, if they were computed.
    package func metrics(run: String, modelSHA256: String) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: "SELECT document FROM metrics WHERE run = ? AND modelSHA256 = ?",
                arguments: [run, modelSHA256]
            )
        }
    }
}
