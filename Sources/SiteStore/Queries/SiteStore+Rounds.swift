import AuditLog
import GRDB

extension SiteStore {
    /// Keeps what was trained in a round, before it is sent.
    package func save(_ round: RoundRow) async throws {
        try await change { change in
            try round.save(change.database)
            try change.audit(
                AuditEntry(
                    .trainingFinish,
                    by: .agent,
                    on: AuditObject(
                        "update",
                        "\(round.run)/\(round.number)",
                        sha256: round.deltaSHA256
                    ),
                    study: round.run,
                    round: round.number,
                    new: round.outcome,
                    count: round.examples
                )
            )
        }
    }

    /// What was trained in a round, if it was.
    package func round(run: String, number: Int) async throws -> RoundRow? {
        try await read { database in
            try RoundRow.filter(Column("run") == run && Column("number") == number)
                .fetchOne(database)
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
