import Federation
import GRDB

/// Reads the parts of a run report.
enum RunReportQuery {
    static func rounds(of run: RunID, _ database: Database) throws -> [RunReport.Round] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM round WHERE run = ? ORDER BY number",
            arguments: [run.rawValue]
        ).map { row in
            let number: Int = row["number"]
            return RunReport.Round(
                number: number,
                startModel: row["startModel"],
                model: row["model"],
                rollCall: row["rollCall"],
                openedMilliseconds: row["openedAt"],
                seconds: row["seconds"],
                contributions: try contributions("document", "accepted", run, number, database),
                rejections: try contributions("reason", "rejected", run, number, database)
            )
        }
    }

    static func answers(
        to run: RunID,
        _ database: Database
    ) throws -> [String: RunReport.Answer] {
        let sql = """
            SELECT approval.* FROM approval
            JOIN run ON run.plan = approval.plan
            JOIN runSite ON runSite.run = run.id AND runSite.site = approval.site
            WHERE run.id = ?
            """
        let rows = try Row.fetchAll(database, sql: sql, arguments: [run.rawValue])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["site"], answer($0)) })
    }

    static func texts(
        _ sql: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [String: String] {
        let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    private static func answer(_ row: Row) -> RunReport.Answer {
        RunReport.Answer(
            decision: row["decision"],
            decidedBy: row["decidedBy"],
            reason: row["reason"],
            exams: row["exams"],
            positiveExams: row["positiveExams"]
        )
    }

    private static func contributions(
        _ column: String,
        _ status: String,
        _ run: RunID,
        _ round: Int,
        _ database: Database
    ) throws -> [String: String] {
        try texts(
            """
            SELECT site, \(column) FROM contribution
            WHERE run = ? AND round = ? AND status = ?
            """,
            [run.rawValue, round, status],
            database
        )
    }
}
