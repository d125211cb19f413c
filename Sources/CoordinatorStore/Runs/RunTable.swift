import Federation
import GRDB

/// Questions to the tables `run` and `round`.
enum RunTable {
    static func startModel(
        _ run: RunID,
        _ round: RoundNumber,
        _ database: Database
    ) throws -> String? {
        try column("startModel", run, round, database)
    }

    static func model(_ run: RunID, _ round: RoundNumber, _ database: Database) throws -> String? {
        try column("model", run, round, database)
    }

    static func isOpen(_ run: RunID, _ round: RoundNumber, _ database: Database) throws -> Bool {
        try column("status", run, round, database) == "open"
    }

    /// Throws unless the run is under way and every round before this one is closed.
    static func requireReady(
        _ run: RunID,
        for round: RoundNumber,
        _ database: Database
    ) throws {
        let status = try String.fetchOne(
            database,
            sql: "SELECT status FROM run WHERE id = ?",
            arguments: [run.rawValue]
        )
        guard let status else {
            throw CoordinatorStoreError(.notFound, "there is no run \(run)")
        }
        let closed = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM round WHERE run = ? AND status = 'closed'",
            arguments: [run.rawValue]
        )
        guard status != "completed", status != "failed", closed == round.rawValue - 1 else {
            throw CoordinatorStoreError(
                .wrongState,
                "round \(round) cannot follow: \(run) is \(status) with "
                    + "\(closed ?? 0) closed rounds"
            )
        }
    }

    private static func column(
        _ name: String,
        _ run: RunID,
        _ round: RoundNumber,
        _ database: Database
    ) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT \(name) FROM round WHERE run = ? AND number = ?",
            arguments: [run.rawValue, round.rawValue]
        )
    }
}
