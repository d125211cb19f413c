package import AuditLog
import AuditedDatabase
package import Federation
package import Foundation
import GRDB

extension CoordinatorStore {
    /// Keeps the hash of a person's invite; the person is made if it is new.
    ///
    /// - Throws: ``CoordinatorStoreError`` `wrong-state` for a revoked person, or one that has another role.
    package func invite(
        _ person: CertificateHolder,
        tokenHash: String,
        expires: Date,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            let known = try Row.fetchOne(
                change.database,
                sql: "SELECT role, status FROM person WHERE id = ?",
                arguments: [person.id]
            )
            if let known {
                guard known["role"] == person.kind.rawValue, known["status"] != "revoked" else {
                    throw CoordinatorStoreError(
                        .wrongState,
                        "\(person.id) is revoked or has another role; choose another id"
                    )
                }
            } else {
                try change.execute(
                    "INSERT INTO person (id, role, status, invitedAt) VALUES (?, ?, 'invited', ?)",
                    [person.id, person.kind.rawValue, change.now]
                )
            }
            try Self.invite(person, tokenHash: tokenHash, expires: expires, change)
            try change.audit(AuditEntry(.personInvite, by: actor, on: person.object))
        }
    }

    /// Lets a person see a plan and its runs, or with nil the whole federation.
    package func grant(
        _ person: String,
        plan: SHA256Digest?,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            let isKnown = try Bool.fetchOne(
                change.database,
                sql: "SELECT EXISTS (SELECT 1 FROM person WHERE id = ? AND status <> 'revoked')",
                arguments: [person]
            )
            guard isKnown == true else {
                throw CoordinatorStoreError(.notFound, "there is no person \(person)")
            }
            try change.execute(
                "INSERT OR IGNORE INTO membership (person, plan, grantedAt) VALUES (?, ?, ?)",
                [person, plan?.rawValue, change.now]
            )
            try change.audit(
                AuditEntry(
                    .personGrant,
                    by: actor,
                    on: AuditObject("person", person),
                    new: plan?.rawValue ?? "federation"
                )
            )
        }
    }

    /// Revokes a person for good: certificates, open invites and memberships end at once.
    package func revokePerson(
        _ person: String,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            guard
                let role = try String.fetchOne(
                    change.database,
                    sql: "SELECT role FROM person WHERE id = ?",
                    arguments: [person]
                ), let kind = CertificateHolder.Kind(rawValue: role)
            else { throw CoordinatorStoreError(.notFound, "there is no person \(person)") }
            try change.execute(
                """
                UPDATE person SET status = 'revoked', revokedAt = ?
                WHERE id = ? AND status <> 'revoked'
                """,
                [change.now, person]
            )
            guard change.changedRows == 1 else { return }
            let holder = CertificateHolder(kind, person)
            try Self.revokeCredentials(of: holder, change)
            try change.execute("DELETE FROM membership WHERE person = ?", [person])
            try Self.removeAccounts(of: person, change)
            try change.audit(AuditEntry(.personRevoke, by: actor, on: holder.object))
        }
    }

    /// Every person, ascending by id.
    package func people() async throws -> [PersonRow] {
        try await read { try PersonRow.all($0) }
    }

    /// The runs a person may see, in the order they were created.
    package func runIDs(for person: String) async throws -> [RunID] {
        try await read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT run.id FROM run
                    WHERE EXISTS (\(Self.isMember))
                    ORDER BY createdAt, rowid
                    """,
                arguments: [person]
            ).map(StoredID.run)
        }
    }

    /// Everything known of a run, if a person may see it.
    ///
    /// - Throws: ``CoordinatorStoreError`` `not-found`, whether there is no such run or no such membership.
    package func report(of run: RunID, for person: String) async throws -> RunReport {
        let isVisible = try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM run WHERE EXISTS (\(Self.isMember)) AND id = ?)",
                arguments: [person, run.rawValue]
            )
        }
        guard isVisible == true else {
            throw CoordinatorStoreError(.notFound, "there is no run \(run) for \(person)")
        }
        return try await report(of: run)
    }

    /// Whether a person may see the whole federation.
    package func seesFederation(_ person: String) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM membership JOIN person ON person.id = person
                        WHERE person.id = ? AND status = 'active' AND plan IS NULL)
                    """,
                arguments: [person]
            ) ?? false
        }
    }

    private static let isMember = """
        SELECT 1 FROM membership JOIN person ON person.id = membership.person
        WHERE membership.person = ? AND person.status = 'active'
            AND (membership.plan IS NULL OR membership.plan = run.plan)
        """
}
