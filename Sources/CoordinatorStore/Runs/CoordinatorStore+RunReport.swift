package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The ids of all runs, in the order they were created.
    package func runIDs() async throws -> [RunID] {
        try await database.read { database in
            try String.fetchAll(database, sql: "SELECT id FROM run ORDER BY rowid")
                .compactMap(RunID.init(rawValue:))
        }
    }

    /// Everything known of a run.
    ///
    /// - Throws: ``CoordinatorStoreError`` `not-found`.
    package func report(of run: RunID) async throws -> RunReport {
        try await database.read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT run.*, plan.document FROM run
                        JOIN plan ON plan.sha256 = run.plan WHERE run.id = ?
                        """,
                    arguments: [run.rawValue])
            else { throw CoordinatorStoreError(.notFound, "there is no run \(run)") }
            let document: Data = row["document"]
            return RunReport(
                id: run.rawValue, status: row["status"], failure: row["failure"],
                model: row["model"], planDocument: [UInt8](document),
                rounds: try Self.rounds(of: run, database),
                sites: try SiteRow.fetchAll(
                    database,
                    sql: """
                        SELECT site.* FROM site JOIN runSite ON runSite.site = site.id
                        WHERE runSite.run = ? ORDER BY site.id
                        """,
                    arguments: [run.rawValue]),
                metrics: try Self.documents(
                    "SELECT site, document FROM metrics WHERE run = ?", [run.rawValue], database))
        }
    }

    private static func rounds(of run: RunID, _ database: Database) throws -> [RunReport.Round] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM round WHERE run = ? ORDER BY number",
            arguments: [run.rawValue]
        ).map { row in
            let number: Int = row["number"]
            return RunReport.Round(
                number: number, rollCall: row["rollCall"], seconds: row["seconds"],
                contributions: try documents(
                    "SELECT site, document FROM contribution WHERE run = ? AND round = ?",
                    [run.rawValue, number], database))
        }
    }

    private static func documents(
        _ sql: String, _ arguments: StatementArguments, _ database: Database
    ) throws -> [String: String] {
        let pairs = try Row.fetchAll(database, sql: sql, arguments: arguments).map {
            row -> (String, String) in (row["site"], row["document"])
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }
}
