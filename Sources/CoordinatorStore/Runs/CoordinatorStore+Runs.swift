import AuditLog
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// Queues a run of a plan by sites.
    ///
    /// - Throws: an error of the database if the plan or a site does not exist.
    package func createRun(_ run: RunID, plan: SHA256Digest, sites: [SiteID]) async throws {
        try await change { database in
            try database.execute(
                sql: "INSERT INTO run (id, plan, status) VALUES (?, ?, 'queued')",
                arguments: [run.rawValue, plan.rawValue])
            for site in sites {
                try database.execute(
                    sql: "INSERT INTO runSite VALUES (?, ?)",
                    arguments: [run.rawValue, site.rawValue])
            }
            return ((), Self.entry(.runCreate, run: run, by: AuditActor(.operator, "operator")))
        }
    }

    /// Runs that wait to be taken up, ascending by id.
    package func queuedRuns() async throws -> [QueuedRun] {
        try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT run.id, plan.sha256, plan.document, plan.initialModel FROM run
                    JOIN plan ON plan.sha256 = run.plan WHERE run.status = 'queued' ORDER BY run.id
                    """)
            return try rows.map { row in
                let id: String = row["id"]
                let document: Data = row["document"]
                let sites = try String.fetchAll(
                    database, sql: "SELECT site FROM runSite WHERE run = ? ORDER BY site",
                    arguments: [id])
                return QueuedRun(
                    id: try RunID(validating: id),
                    planSHA256: try SHA256Digest(validating: row["sha256"]),
                    planDocument: [UInt8](document),
                    initialModel: try SHA256Digest(validating: row["initialModel"]),
                    sites: try sites.map { try SiteID(validating: $0) })
            }
        }
    }

    /// Notes that the server has taken a run up.
    package func markRunWaiting(_ run: RunID) async throws {
        try await change { database in
            try database.execute(
                sql: "UPDATE run SET status = 'running' WHERE id = ?", arguments: [run.rawValue])
            return ((), nil)
        }
    }

    /// Records that a round is open.
    package func openRound(
        _ run: RunID, _ round: RoundNumber, model: SHA256Digest
    ) async throws {
        try await change { database in
            try database.execute(
                sql: "INSERT INTO round (run, number, startModel) VALUES (?, ?, ?)",
                arguments: [run.rawValue, round.rawValue, model.rawValue])
            return ((), Self.entry(.roundOpen, run: run, round: round))
        }
    }

    /// Counts a contribution, once for a run, round and site.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if another delta was counted before.
    package func acceptContribution(
        _ run: RunID, _ round: RoundNumber, site: SiteID, _ delta: SHA256Digest, document: String
    ) async throws {
        try await change { database in
            let known = try String.fetchOne(
                database,
                sql: "SELECT sha256 FROM contribution WHERE run = ? AND round = ? AND site = ?",
                arguments: [run.rawValue, round.rawValue, site.rawValue])
            if let known {
                guard known == delta.rawValue else {
                    throw CoordinatorStoreError(
                        .conflict, "another delta of \(site) was counted in round \(round)")
                }
                return ((), nil)
            }
            try database.execute(
                sql: "INSERT INTO contribution VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    run.rawValue, round.rawValue, site.rawValue, delta.rawValue, document,
                ])
            return (
                (),
                AuditEntry(
                    .roundUpdateAccept, by: AuditActor(.site, site.rawValue),
                    on: AuditObject("update", run.rawValue, sha256: delta.rawValue),
                    round: round.rawValue)
            )
        }
    }

    /// Keeps the reason why an update was turned back.
    package func rejectContribution(
        _ run: RunID, _ round: RoundNumber, site: SiteID, _ delta: SHA256Digest, reason: String
    ) async throws {
        try await change { database in
            try database.execute(
                sql: """
                    INSERT INTO rejection (run, round, site, sha256, reason)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [run.rawValue, round.rawValue, site.rawValue, delta.rawValue, reason])
            return (
                (),
                AuditEntry(
                    .roundUpdateReject, by: AuditActor(.coordinator, "coordinator"),
                    on: AuditObject("update", run.rawValue, sha256: delta.rawValue),
                    outcome: .minorFailure, round: round.rawValue, reason: reason)
            )
        }
    }

    /// Records the global model that follows a round.
    package func recordModel(
        _ run: RunID, _ round: RoundNumber, model: SHA256Digest
    ) async throws {
        try await change { database in
            try database.execute(
                sql: "UPDATE round SET model = ? WHERE run = ? AND number = ?",
                arguments: [model.rawValue, run.rawValue, round.rawValue])
            var entry = Self.entry(.modelPublish, run: run, round: round)
            entry.new = model.rawValue
            return ((), entry)
        }
    }

    /// Records the end of a round with its roll-call.
    package func closeRound(
        _ run: RunID, _ round: RoundNumber, rollCall: RollCall, seconds: Double
    ) async throws {
        let document = String(decoding: try JSONEncoder().encode(rollCall), as: UTF8.self)
        try await change { database in
            try database.execute(
                sql: "UPDATE round SET rollCall = ?, seconds = ? WHERE run = ? AND number = ?",
                arguments: [document, seconds, run.rawValue, round.rawValue])
            return ((), Self.entry(.roundClose, run: run, round: round))
        }
    }

    /// Records the end of a run: its final model, or the sentence that says why there is none.
    package func finishRun(
        _ run: RunID, model: SHA256Digest?, failure: String?
    ) async throws {
        try await change { database in
            try database.execute(
                sql: "UPDATE run SET status = ?, model = ?, failure = ? WHERE id = ?",
                arguments: [
                    failure == nil ? "completed" : "failed", model?.rawValue, failure,
                    run.rawValue,
                ])
            return ((), Self.entry(failure == nil ? .runComplete : .runFail, run: run))
        }
    }

    /// Keeps a site's metrics of the final model, as JSON.
    package func recordMetrics(
        _ run: RunID, site: SiteID, model: SHA256Digest, document: String
    ) async throws {
        try await change { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO metrics VALUES (?, ?, ?, ?)",
                arguments: [run.rawValue, site.rawValue, model.rawValue, document])
            return (
                (),
                AuditEntry(
                    .metricsAccept, by: AuditActor(.site, site.rawValue),
                    on: AuditObject("metrics", run.rawValue, sha256: model.rawValue))
            )
        }
    }

    private static func entry(
        _ act: AuditAct, run: RunID, round: RoundNumber? = nil,
        by actor: AuditActor = AuditActor(.coordinator, "coordinator")
    ) -> AuditEntry {
        AuditEntry(
            act, by: actor, on: AuditObject("run", run.rawValue), round: round?.rawValue)
    }
}
