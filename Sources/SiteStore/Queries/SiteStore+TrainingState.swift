import AuditedDatabase
import GRDB

extension SiteStore {
    /// The weights of a kind that a round of a run begins from: those after the newest round before
    /// it, for control variates after the newest that counted; nil if there is none.
    package func trainingState(
        _ kind: TrainingStateRow.Kind,
        run: String,
        before number: Int
    ) async throws -> TrainingStateRow? {
        try await read { database in
            try Self.newestState(kind, run, before: number, database)
        }
    }

    /// The digests of all weights that are kept.
    package func trainingStateDigests() async throws -> Set<String> {
        try await read { database in
            Set(try String.fetchAll(database, sql: "SELECT sha256 FROM trainingState"))
        }
    }

    /// Forgets the weights that no later round of a run can begin from, after a round was answered.
    package func retireTrainingStates(run: String, through number: Int) async throws {
        try await change { change in
            for kind in TrainingStateRow.Kind.allCases {
                let newest = try Self.newestState(kind, run, before: number + 1, change.database)
                try change.execute(
                    """
                    DELETE FROM trainingState
                    WHERE run = ? AND kind = ? AND number <= ? AND number <> ?
                    """,
                    [run, kind.rawValue, number, newest?.number ?? 0]
                )
            }
        }
    }

    /// Forgets a run's control variates, which are of no use after it; private tensors stay.
    package func retireControls(run: String) async throws {
        try await change { change in
            try change.execute(
                "DELETE FROM trainingState WHERE run = ? AND kind = 'control'",
                [run]
            )
        }
    }

    private static func newestState(
        _ kind: TrainingStateRow.Kind,
        _ run: String,
        before number: Int,
        _ database: Database
    ) throws -> TrainingStateRow? {
        let counted = kind == .control ? "AND round.outcome = 'accepted'" : ""
        return try TrainingStateRow.fetchOne(
            database,
            sql: """
                SELECT trainingState.* FROM trainingState JOIN round USING (run, number)
                WHERE run = ? AND kind = ? AND number < ? \(counted)
                ORDER BY number DESC LIMIT 1
                """,
            arguments: [run, kind.rawValue, number]
        )
    }
}
