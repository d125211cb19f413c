import CanonicalJSON
import Federation
import Foundation
import GRDB

/// Reads runs with their sites and rounds.
enum RunQuery {
    static func sites(of run: RunID, _ database: Database) throws -> [SiteID] {
        try String.fetchAll(
            database, sql: "SELECT site FROM runSite WHERE run = ? ORDER BY site",
            arguments: [run.rawValue]
        ).map(StoredID.site)
    }

    static func listings(_ database: Database) throws -> [RunListing] {
        let sql = """
            SELECT run.*, plan.name,
                (SELECT count(*) FROM round WHERE run = run.id AND status = 'closed') AS closed
            FROM run JOIN plan ON plan.sha256 = run.plan
            ORDER BY run.createdAt DESC, run.id
            """
        return try Row.fetchAll(database, sql: sql).map(listing)
    }

    static func summary(of run: RunID, _ database: Database) throws -> RunSummary? {
        guard let listing = try listings(database).first(where: { $0.id == run }) else {
            return nil
        }
        let sql = """
            SELECT plan.document, run.model, run.failure
            FROM run JOIN plan ON plan.sha256 = run.plan WHERE run.id = ?
            """
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [run.rawValue]) else {
            return nil
        }
        let document: Data = row["document"]
        return RunSummary(
            listing: listing, plan: try Plan.parse(json: [UInt8](document)),
            model: try (row["model"] as String?).map(StoredID.digest), failure: row["failure"],
            sites: try parts(of: run, plan: listing.planSHA256, database),
            rounds: try rounds(of: run, database))
    }

    private static func listing(_ row: Row) throws -> RunListing {
        guard let status = RunStatus(rawValue: row["status"]) else {
            throw CoordinatorStoreError(.damaged, "a run has an unknown status")
        }
        return RunListing(
            id: try StoredID.run(row["id"]), status: status,
            planSHA256: try StoredID.digest(row["plan"]), planName: row["name"],
            closedRounds: row["closed"], createdAt: Date(milliseconds: row["createdAt"]),
            endedAt: (row["endedAt"] as Int64?).map(Date.init(milliseconds:)))
    }

    private static func parts(
        of run: RunID, plan: SHA256Digest, _ database: Database
    ) throws -> [RunSummary.Site] {
        let asked = Set(try sites(of: run, database))
        return try SiteQuery.all(database).filter { asked.contains($0.id) }.map { site in
            let answer = try Row.fetchOne(
                database, sql: "SELECT * FROM approval WHERE plan = ? AND site = ?",
                arguments: [plan.rawValue, site.id.rawValue])
            let metrics = try String.fetchOne(
                database, sql: "SELECT document FROM metrics WHERE run = ? AND site = ?",
                arguments: [run.rawValue, site.id.rawValue])
            return RunSummary.Site(
                summary: site, answer: answer.map(self.answer),
                metrics: try metrics.map(StoredDocument.json))
        }
    }

    private static func answer(_ row: Row) -> RunSummary.Answer {
        RunSummary.Answer(
            decision: row["decision"], decidedBy: row["decidedBy"], reason: row["reason"],
            exams: row["exams"], positiveExams: row["positiveExams"])
    }

    private static func rounds(
        of run: RunID, _ database: Database
    ) throws -> [RunSummary.Round] {
        let sql = "SELECT * FROM round WHERE run = ? ORDER BY number"
        return try Row.fetchAll(database, sql: sql, arguments: [run.rawValue]).map { row in
            guard let number = RoundNumber(rawValue: row["number"]) else {
                throw CoordinatorStoreError(.damaged, "a round has an impossible number")
            }
            return RunSummary.Round(
                number: number, startModel: try StoredID.digest(row["startModel"]),
                model: try (row["model"] as String?).map(StoredID.digest),
                rollCall: try (row["rollCall"] as String?).map {
                    try StoredDocument.decode(RollCall.self, $0)
                },
                seconds: row["seconds"], updates: try updates(of: run, number, database))
        }
    }

    private static func updates(
        of run: RunID, _ round: RoundNumber, _ database: Database
    ) throws -> [RunSummary.Update] {
        let sql = """
            SELECT site, sha256, reason, document FROM contribution
            WHERE run = ? AND round = ? ORDER BY site
            """
        return try Row.fetchAll(database, sql: sql, arguments: [run.rawValue, round.rawValue])
            .map { row in
                RunSummary.Update(
                    site: try StoredID.site(row["site"]),
                    sha256: try StoredID.digest(row["sha256"]), rejection: row["reason"],
                    message: try (row["document"] as String?).map(StoredDocument.json))
            }
    }
}
