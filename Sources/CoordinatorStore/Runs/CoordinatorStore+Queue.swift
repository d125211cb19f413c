import AuditedDatabase
import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The runs that are not over, oldest first: the whole queue, and what a restart goes on with.
    package func openRuns() async throws -> [QueuedRun] {
        try await read { try Self.openRuns($0) }
    }

    private static func openRuns(_ database: Database) throws -> [QueuedRun] {
        let sql = """
            SELECT run.id, run.status, plan.sha256, plan.document, plan.initialModel
            FROM run JOIN plan ON plan.sha256 = run.plan
            WHERE run.status IN ('queued', 'waiting', 'running')
            ORDER BY run.createdAt, run.rowid
            """
        return try Row.fetchAll(database, sql: sql).map { try queuedRun($0, database) }
    }

    private static func queuedRun(_ row: Row, _ database: Database) throws -> QueuedRun {
        let document: Data = row["document"]
        let id: String = row["id"]
        let sites = try String.fetchAll(
            database,
            sql: "SELECT site FROM runSite WHERE run = ? ORDER BY site",
            arguments: [id]
        )
        return QueuedRun(
            id: try StoredID.run(id),
            isTakenUp: row["status"] as String != "queued",
            planSHA256: try StoredID.digest(row["sha256"]),
            planDocument: [UInt8](document),
            initialModel: try StoredID.digest(row["initialModel"]),
            sites: try sites.map(StoredID.site)
        )
    }
}
