import AuditedDatabase
import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The runs that are to be taken up, oldest first.
    package func queuedRuns() async throws -> [QueuedRun] {
        try await read { try Self.runs(status: ["queued"], $0) }
    }

    static func runs(status: [String], _ database: Database) throws -> [QueuedRun] {
        let marks = status.map { _ in "?" }.joined(separator: ", ")
        let sql = """
            SELECT run.id, plan.sha256, plan.document, plan.initialModel
            FROM run JOIN plan ON plan.sha256 = run.plan
            WHERE run.status IN (\(marks)) ORDER BY run.createdAt, run.rowid
            """
        return try Row.fetchAll(database, sql: sql, arguments: StatementArguments(status))
            .map { try queuedRun($0, database) }
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
            planSHA256: try StoredID.digest(row["sha256"]),
            planDocument: [UInt8](document),
            initialModel: try StoredID.digest(row["initialModel"]),
            sites: try sites.map(StoredID.site)
        )
    }
}
