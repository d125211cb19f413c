package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The runs that are to be taken up, oldest first.
    package func queuedRuns() async throws -> [QueuedRun] {
        try await read { database in
            let sql = """
                SELECT run.id, plan.sha256, plan.document, plan.initialModel
                FROM run JOIN plan ON plan.sha256 = run.plan
                WHERE run.status = 'queued' ORDER BY run.createdAt, run.id
                """
            return try Row.fetchAll(database, sql: sql).map { row in
                let document: Data = row["document"]
                let id = try StoredID.run(row["id"])
                return QueuedRun(
                    id: id, planSHA256: try StoredID.digest(row["sha256"]),
                    planDocument: [UInt8](document),
                    initialModel: try StoredID.digest(row["initialModel"]),
                    sites: try RunQuery.sites(of: id, database))
            }
        }
    }

    /// Every run, newest first.
    package func runs() async throws -> [RunListing] {
        try await read { try RunQuery.listings($0) }
    }

    /// A run as a whole, or nil.
    package func runSummary(_ run: RunID) async throws -> RunSummary? {
        try await read { try RunQuery.summary(of: run, $0) }
    }
}
