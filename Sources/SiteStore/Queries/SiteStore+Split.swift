import AuditedDatabase
import GRDB

extension SiteStore {
    /// The patients whose side of a split is given: true for test.
    package func sides(ofSplit rule: String) async throws -> [String: Bool] {
        try await read { try Self.sides(rule, $0) }
    }

    /// Gives patients their side; one that has a side keeps it.
    ///
    /// Not an act of its own: it follows from plan and cohort, both of which are recorded.
    package func keep(
        sides: [String: Bool],
        ofSplit rule: String
    ) async throws -> [String: Bool] {
        try await change { change in
            for (patient, isTest) in sides.sorted(by: { $0.key < $1.key }) {
                try change.execute(
                    "INSERT OR IGNORE INTO split VALUES (?, ?, ?)",
                    [rule, patient, isTest]
                )
            }
            return try Self.sides(rule, change.database)
        }
    }

    /// The sides of all split rules: rule, then pseudonym, then whether the patient is tested on.
    package func splits() async throws -> [String: [String: Bool]] {
        try await read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT rule, patient, isTest FROM split")
            var splits: [String: [String: Bool]] = [:]
            for row in rows { splits[row["rule"], default: [:]][row["patient"]] = row["isTest"] }
            return splits
        }
    }

    private static func sides(_ rule: String, _ database: Database) throws -> [String: Bool] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT patient, isTest FROM split WHERE rule = ?",
            arguments: [rule]
        )
        return Dictionary(rows.map { ($0["patient"], $0["isTest"]) }) { first, _ in first }
    }
}
