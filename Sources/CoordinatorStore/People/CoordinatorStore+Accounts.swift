import AuditLog
import AuditedDatabase
import GRDB

extension CoordinatorStore {
    /// Ties an account to a person, who is made if new, in the name of an operator; again by another operator
    /// it approves that.
    ///
    /// - Returns: how many operators have done so.
    /// - Throws: ``CoordinatorStoreError`` `wrong-state` for a revoked person or one of another role,
    ///   `conflict` for an account that is another person's.
    package func tie(
        _ account: PersonAccount,
        to person: CertificateHolder,
        approvalsRequired: Int,
        by operatorID: String
    ) async throws -> Int {
        try await change { change in
            try Self.makePerson(person, change)
            let owner = try String.fetchOne(
                change.database,
                sql: "SELECT person FROM account WHERE issuer = ? AND subject = ?",
                arguments: [account.issuer, account.subject]
            )
            guard owner == nil || owner == person.id else {
                throw CoordinatorStoreError(.conflict, "the account is another person's")
            }
            try change.execute(
                "INSERT OR IGNORE INTO account (issuer, subject, person) VALUES (?, ?, ?)",
                [account.issuer, account.subject, person.id]
            )
            try change.execute(
                """
                INSERT OR IGNORE INTO accountApproval (issuer, subject, operator, approvedAt)
                VALUES (?, ?, ?, ?)
                """,
                [account.issuer, account.subject, operatorID, change.now]
            )
            let count = try Self.approvals(of: account, change.database)
            if count >= approvalsRequired {
                try change.execute(
                    "UPDATE person SET status = 'active' WHERE id = ?",
                    [person.id]
                )
            }
            try change.audit(
                AuditEntry(
                    .personAccount,
                    by: AuditActor(.operator, operatorID),
                    on: person.object,
                    count: count
                )
            )
            return count
        }
    }

    /// The active person of an account that enough operators have tied; nil if there is none.
    package func person(
        of account: PersonAccount,
        approvalsRequired: Int
    ) async throws -> CertificateHolder? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT person.id, role FROM account JOIN person ON person.id = account.person
                    WHERE issuer = ? AND subject = ? AND status = 'active'
                    """,
                arguments: [account.issuer, account.subject]
            )
            guard let row, try Self.approvals(of: account, database) >= approvalsRequired else {
                return nil
            }
            return Self.holder(row)
        }
    }

    /// A person who signed in, as the register knows them now; nil if they may no more.
    package func signedInPerson(
        _ person: String,
        issuer: String,
        approvalsRequired: Int
    ) async throws -> CertificateHolder? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT person.id, role FROM person WHERE id = ? AND status = 'active' AND EXISTS (
                        SELECT 1 FROM account WHERE person = person.id AND issuer = ? AND (
                            SELECT count(*) FROM accountApproval AS approval
                            WHERE approval.issuer = account.issuer
                                AND approval.subject = account.subject
                        ) >= ?)
                    """,
                arguments: [person, issuer, approvalsRequired]
            )
            return row.flatMap(Self.holder)
        }
    }

    /// Records that somebody signed in, or out.
    package func recordSignIn(of person: CertificateHolder, isIn: Bool) async throws {
        try await record(
            AuditEntry(isIn ? .personSignIn : .personSignOut, by: person.actor(), on: person.object)
        )
    }

    /// Records that a sign-in was refused, and why, as a code.
    package func recordRefusedSignIn(reason: String) async throws {
        try await record(
            AuditEntry(
                .personSignIn,
                by: .coordinator,
                outcome: .seriousFailure,
                reason: reason
            )
        )
    }

    /// Ends what a person signs in with.
    static func removeAccounts(of person: String, _ change: Change) throws {
        try change.execute("DELETE FROM account WHERE person = ?", [person])
    }

    private static func makePerson(_ person: CertificateHolder, _ change: Change) throws {
        let known = try Row.fetchOne(
            change.database,
            sql: "SELECT role, status FROM person WHERE id = ?",
            arguments: [person.id]
        )
        guard let known else {
            return try change.execute(
                "INSERT INTO person (id, role, status, invitedAt) VALUES (?, ?, 'invited', ?)",
                [person.id, person.kind.rawValue, change.now]
            )
        }
        guard known["role"] == person.kind.rawValue, known["status"] != "revoked" else {
            throw CoordinatorStoreError(
                .wrongState,
                "\(person.id) is revoked or has another role; choose another id"
            )
        }
    }

    private static func approvals(of account: PersonAccount, _ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM accountApproval WHERE issuer = ? AND subject = ?",
            arguments: [account.issuer, account.subject]
        ) ?? 0
    }

    private static func holder(_ row: Row) -> CertificateHolder? {
        CertificateHolder.Kind(rawValue: row["role"]).map { CertificateHolder($0, row["id"]) }
    }
}
