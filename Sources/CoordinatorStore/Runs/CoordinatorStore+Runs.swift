package import AuditLog
import AuditedDatabase
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// Records what happened to a run together with the state that it left the run in.
    ///
    /// One transaction: either all of it is on the disk when this returns, or nothing.
    ///
    /// - Parameters:
    ///   - records: what happened, in order.
    ///   - run: the run.
    ///   - state: the run afterwards, in place of what was kept before; nil leaves it.
    /// - Returns: what became of each record.
    /// - Throws: ``CoordinatorStoreError`` `conflict`, `wrong-state` or `not-found`, as
    ///   ``RunRecord`` says, or a failure of the database.
    @discardableResult
    package func record(
        _ records: [RunRecord],
        of run: RunID,
        leaving state: RunSnapshot? = nil
    ) async throws -> [RunRecord.Outcome] {
        let bytes = try state.map { try JSONEncoder().encode($0) }
        return try await change { change in
            let outcomes = try records.map { try $0.write(run, change) }
            if let bytes {
                try change.execute(
                    """
                    INSERT INTO runState (run, snapshot, savedAt) VALUES (?, ?, ?)
                    ON CONFLICT (run) DO UPDATE SET snapshot = excluded.snapshot,
                        savedAt = excluded.savedAt
                    """,
                    [run.rawValue, bytes, change.now]
                )
            }
            return outcomes
        }
    }

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
}
