import AuditedDatabase
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The state that was kept for a run; nil if none was.
    ///
    /// - Throws: ``CoordinatorStoreError`` `damaged` if it is of a version that cannot be read.
    package func state(of run: RunID) async throws -> RunSnapshot? {
        let bytes = try await read { database in
            try Data.fetchOne(
                database,
                sql: "SELECT snapshot FROM runState WHERE run = ?",
                arguments: [run.rawValue]
            )
        }
        guard let bytes else { return nil }
        do {
            return try JSONDecoder().decode(RunSnapshot.self, from: bytes)
        } catch {
            throw CoordinatorStoreError(
                .damaged,
                "the state of \(run) cannot be read; serve it with the version that wrote it"
            )
        }
    }

    /// A run that is over, and the sites that have not been told.
    package struct EndedRun: Sendable, Hashable {
        /// The run.
        package let id: RunID
        /// `completed`, or `failed`.
        package let status: String
        /// The sites that do not know.
        package let sites: [SiteID]
    }

    /// The runs that are over but of which a site was not told, in the order they were created.
    package func runsToTell() async throws -> [EndedRun] {
        try await read { database in
            let sql = """
                SELECT run.id, run.status, runSite.site FROM run JOIN runSite ON runSite.run = run.id
                WHERE run.status IN ('completed', 'failed') AND runSite.dismissedAt IS NULL
                ORDER BY run.createdAt, run.rowid, runSite.site
                """
            var ended: [EndedRun] = []
            for row in try Row.fetchAll(database, sql: sql) {
                let id = try StoredID.run(row["id"])
                var sites = [try StoredID.site(row["site"])]
                if ended.last?.id == id { sites = (ended.popLast()?.sites ?? []) + sites }
                ended.append(EndedRun(id: id, status: row["status"], sites: sites))
            }
            return ended
        }
    }
}
