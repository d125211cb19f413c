import AuditedDatabase
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The ids of all runs, in the order they were created.
    package func runIDs() async throws -> [RunID] {
        try await read { database in
            try String.fetchAll(database, sql: "SELECT id FROM run ORDER BY createdAt, rowid")
                .map(StoredID.run)
        }
    }

    /// Everything known of a run.
    ///
    /// - Throws: ``CoordinatorStoreError`` `not-found`.
    package func report(of run: RunID) async throws -> RunReport {
        try await read { database in
            let sql = """
                SELECT run.*, plan.document FROM run
                JOIN plan ON plan.sha256 = run.plan WHERE run.id = ?
                """
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [run.rawValue]) else {
                throw CoordinatorStoreError(.notFound, "there is no run \(run)")
            }
            let document: Data = row["document"]
            return RunReport(
                id: run.rawValue,
                status: row["status"],
                failure: row["failure"],
                model: row["model"],
                planSHA256: row["plan"],
                planDocument: [UInt8](document),
                createdMilliseconds: row["createdAt"],
                endedMilliseconds: row["endedAt"],
                rounds: try RunReportQuery.rounds(of: run, database),
                sites: try SiteRow.asked(in: run.rawValue, database),
                answers: try RunReportQuery.answers(to: run, database),
                metrics: try RunReportQuery.texts(
                    "SELECT site, document FROM metrics WHERE run = ?",
                    [run.rawValue],
                    database
                )
            )
        }
    }
}
