import AuditLog
import AuditedDatabase
package import Federation
import GRDB

extension CoordinatorStore {
    /// Asks for something to be done with a run; whoever serves carries it out.
    ///
    /// - Returns: the request's number.
    /// - Throws: ``CoordinatorStoreError`` `not-found`, or `wrong-state` if the run is over.
    package func request(_ verb: RunRequest.Verb, of run: RunID) async throws -> Int64 {
        try await change { change in
            let status = try String.fetchOne(
                change.database,
                sql: "SELECT status FROM run WHERE id = ?",
                arguments: [run.rawValue]
            )
            guard let status else {
                throw CoordinatorStoreError(.notFound, "there is no run \(run)")
            }
            guard status != "completed", status != "failed" else {
                throw CoordinatorStoreError(.wrongState, "\(run) is over: it has \(status)")
            }
            try change.execute(
                "INSERT INTO runRequest (run, verb, requestedAt) VALUES (?, ?, ?)",
                [run.rawValue, verb.rawValue, change.now]
            )
            return change.database.lastInsertedRowID
        }
    }

    /// The requests that nobody has carried out, oldest first.
    package func openRequests() async throws -> [RunRequest] {
        try await read { database in
            let sql = "SELECT id, run, verb FROM runRequest WHERE handledAt IS NULL ORDER BY id"
            return try Row.fetchAll(database, sql: sql).compactMap { row in
                guard let verb = RunRequest.Verb(rawValue: row["verb"]) else { return nil }
                return RunRequest(id: row["id"], run: try StoredID.run(row["run"]), verb: verb)
            }
        }
    }

    /// Whether a request was carried out.
    package func isHandled(_ request: Int64) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT handledAt IS NOT NULL FROM runRequest WHERE id = ?",
                arguments: [request]
            ) ?? false
        }
    }
}

extension RunRequest {
    /// Records that the request was carried out, and by whom it was asked.
    func writeDone(_ change: Change) throws -> RunRecord.Outcome {
        try change.execute(
            "UPDATE runRequest SET handledAt = ? WHERE id = ? AND handledAt IS NULL",
            [change.now, id]
        )
        guard change.changedRows == 1 else { return .repeated }
        switch verb {
        case .pause:
            try change.execute(
                "UPDATE run SET pausedAt = coalesce(pausedAt, ?) WHERE id = ?",
                [change.now, run.rawValue]
            )
            try change.audit(entry(.runPause))
        case .resume:
            try change.execute("UPDATE run SET pausedAt = NULL WHERE id = ?", [run.rawValue])
            try change.audit(entry(.runResume))
        case .abort, .closeRound: break
        }
        return .recorded
    }

    private func entry(_ act: AuditAct) -> AuditEntry {
        AuditEntry(act, by: AuditActor(.operator, "operator"), study: run.rawValue)
    }
}
