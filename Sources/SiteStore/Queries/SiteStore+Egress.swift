import GRDB

extension SiteStore {
    /// Appends a message to the ledger; durable when this returns.
    package func append(_ record: EgressRecord) async throws {
        try await database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO egress (milliseconds, kind, bytes, sha256, recipient, plan)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    record.milliseconds, record.kind, record.bytes, record.sha256,
                    record.recipient, record.plan,
                ])
        }
    }

    /// The ledger, oldest first.
    package func egress() async throws -> [EgressRecord] {
        try await database.read { database in
            try EgressRecord.fetchAll(database, sql: "SELECT * FROM egress ORDER BY number")
        }
    }
}
