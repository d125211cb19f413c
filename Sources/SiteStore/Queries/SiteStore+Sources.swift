import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Records that a PACS is about to be asked, before the first request leaves.
    package func recordPullStart(host: String) async throws {
        try await change { change in
            try change.audit(
                AuditEntry(
                    .sourceQuery,
                    by: .siteAdmin,
                    on: AuditObject("pacs", Self.token(host)),
                    new: "begin"
                )
            )
        }
    }

    /// The fingerprints of those instances that were fetched from a source, by name.
    package func pulledFingerprints(
        source: String,
        names: [String]
    ) async throws -> [String: String] {
        guard !names.isEmpty else { return [:] }
        return try await read { database in
            var known: [String: String] = [:]
            let sql = "SELECT fingerprint FROM pulledInstance WHERE source = ? AND name = ?"
            let statement = try database.makeStatement(sql: sql)
            for name in names {
                known[name] = try String.fetchOne(statement, arguments: [source, name])
            }
            return known
        }
    }

    /// Remembers fetched instances, and records the requests that were sent, by kind.
    package func recordPull(
        source: String,
        _ instances: [PulledRow],
        requests: [String: Int]
    ) async throws {
        guard !instances.isEmpty || !requests.isEmpty else { return }
        try await change { change in
            for instance in instances {
                try change.execute(
                    """
                    INSERT OR REPLACE INTO pulledInstance (source, name, fingerprint, milliseconds)
                    VALUES (?, ?, ?, ?)
                    """,
                    [source, instance.name, instance.fingerprint, change.now]
                )
            }
            for (kind, count) in requests.sorted(by: { $0.key < $1.key }) {
                try change.audit(
                    AuditEntry(
                        .sourceQuery,
                        by: .agent,
                        on: AuditObject("pacs", Self.token(source)),
                        new: kind,
                        count: count
                    )
                )
            }
            guard !instances.isEmpty else { return }
            try change.audit(
                AuditEntry(
                    .sourceRetrieve,
                    by: .agent,
                    on: AuditObject("pacs", Self.token(source)),
                    count: instances.count
                )
            )
        }
    }

    /// Records the end of a pull or an association.
    package func record(_ delivery: DeliveryRow) async throws {
        try await change { change in
            try change.execute(
                """
                INSERT INTO delivery
                    (milliseconds, kind, source, objects, known, refused, bytes, outcome)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    change.now, delivery.kind, delivery.source, delivery.objects, delivery.known,
                    delivery.refused, delivery.bytes, delivery.outcome,
                ]
            )
            guard delivery.kind == .receiver else { return }
            try change.audit(
                AuditEntry(
                    .instanceReceive,
                    by: .agent,
                    on: AuditObject("sender", Self.token(delivery.source)),
                    outcome: delivery.refused == 0 ? .success : .minorFailure,
                    reason: delivery.outcome,
                    count: delivery.objects
                )
            )
        }
    }

    /// Records that somebody who is not let in called.
    package func recordRefusedSender(address: String, reason: String) async throws {
        try await change { change in
            try change.audit(
                AuditEntry(
                    .associationRefuse,
                    by: .agent,
                    on: AuditObject("address", Self.token(address)),
                    outcome: .minorFailure,
                    reason: reason
                )
            )
        }
    }

    /// The last delivery of a kind that brought or found something, and the sums of all.
    package func deliveries(
        _ kind: DeliveryRow.Kind
    ) async throws -> (last: DeliveryRow?, objects: Int, bytes: Int) {
        try await read { database in
            let last = try DeliveryRow.fetchOne(
                database,
                sql: "SELECT * FROM delivery WHERE kind = ? ORDER BY number DESC LIMIT 1",
                arguments: [kind]
            )
            let sums = try Row.fetchOne(
                database,
                sql: """
                    SELECT coalesce(sum(objects), 0) AS objects, coalesce(sum(bytes), 0) AS bytes
                    FROM delivery WHERE kind = ?
                    """,
                arguments: [kind]
            )
            return (last, sums?["objects"] ?? 0, sums?["bytes"] ?? 0)
        }
    }

    /// A title or address in the letters that the audit log takes; others become `_`.
    private static func token(_ text: String) -> String {
        let bytes = text.utf8.prefix(255).map { byte -> UInt8 in
            let isLetter = (48...58).contains(byte) || (65...90).contains(byte)
            return isLetter || (97...122).contains(byte) || "+-./_".utf8.contains(byte)
                ? byte : UInt8(ascii: "_")
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }
}
