import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Appends a message to the ledger; durable when this returns.
    package func append(_ record: EgressRecord) async throws {
        try await change { change in
            try change.execute(
                """
                INSERT INTO egress (milliseconds, kind, bytes, sha256, recipient, plan)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    record.milliseconds, record.kind, record.bytes, record.sha256,
                    record.recipient, record.plan,
                ]
            )
            let number = change.database.lastInsertedRowID
            try change.audit(
                AuditEntry(
                    .egressSend,
                    by: .agent,
                    on: AuditObject("egress", "\(record.kind)/\(number)", sha256: record.sha256),
                    study: record.plan,
                    count: record.bytes
                )
            )
        }
    }

    /// Records that a message of a kind was not let out, and why, as a code.
    package func recordRefusal(of kind: String, plan: String?, reason: String) async throws {
        try await change { change in
            try change.audit(
                AuditEntry(
                    .egressRefuse,
                    by: .agent,
                    on: AuditObject("egress", kind),
                    outcome: .seriousFailure,
                    study: plan,
                    reason: reason
                )
            )
        }
    }

    /// The ledger, oldest first.
    package func egress() async throws -> [EgressRecord] {
        try await read { database in
            try EgressRecord.fetchAll(database, sql: "SELECT * FROM egress ORDER BY number")
        }
    }
}
