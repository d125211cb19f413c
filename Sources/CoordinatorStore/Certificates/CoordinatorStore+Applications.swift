import AuditLog
import AuditedDatabase
package import Foundation
import GRDB

extension CoordinatorStore {
    /// Takes an application for a certificate, or says how the same application stands.
    ///
    /// The first one takes its invite; the same ground and key ask again as often as they like.
    package func apply(
        _ application: CertificateApplication,
        approvalsRequired: Int,
        at time: Date
    ) async throws -> CertificateApplication.Outcome {
        try await change { change in
            let known = try ApplicationTable.application(on: application.ground, change.database)
            if let known, known["keySHA256"] == application.keySHA256 {
                return try Self.outcome(of: known, approvalsRequired, at: time, change.database)
            }
            guard let holder = try Self.ground(of: application, at: time, change.database),
                try !ApplicationTable.isCertified(application.keySHA256, change.database)
            else {
                // Only who holds a real token can make the log grow.
                if known != nil { try change.audit(Self.refusal) }
                return .refused
            }
            try Self.begin(application, of: holder, change, at: time)
            return .pending(holder)
        }
    }

    /// Records that an operator compared the six words and approves.
    ///
    /// The key is the one whose words were compared; another one is not approved. Throws
    /// ``CoordinatorStoreError`` `not-found` if there is no such application.
    ///
    /// - Returns: how many different operators have approved.
    package func approve(
        _ holder: CertificateHolder,
        keySHA256: String,
        by operatorID: String
    ) async throws -> Int {
        try await change { change in
            let id = try Self.openApplication(of: holder, keySHA256: keySHA256, change)
            try change.execute(
                "INSERT OR IGNORE INTO applicationApproval VALUES (?, ?, ?)",
                [id, operatorID, change.now]
            )
            if change.changedRows == 1 {
                try change.audit(
                    AuditEntry(
                        .applicationApprove,
                        by: AuditActor(.operator, operatorID),
                        on: holder.object,
                        new: keySHA256
                    )
                )
            }
            return try ApplicationTable.approvals(id, change.database)
        }
    }

    /// Ends an application without a certificate.
    ///
    /// - Throws: ``CoordinatorStoreError`` `not-found` if there is none.
    package func decline(_ holder: CertificateHolder, by operatorID: String) async throws {
        try await change { change in
            let id = try Self.openApplication(of: holder, keySHA256: nil, change)
            try Self.end(id, as: "declined", change)
            try change.audit(
                AuditEntry(
                    .applicationDecline,
                    by: AuditActor(.operator, operatorID),
                    on: holder.object
                )
            )
        }
    }

    /// The applications that wait at a moment, by kind and id.
    package func applications(at time: Date) async throws -> [ApplicationRow] {
        try await read {
            try ApplicationRow.open(
                after: time.milliseconds - ApplicationTable.lifetimeMilliseconds,
                $0
            )
        }
    }

    private static var refusal: AuditEntry {
        AuditEntry(.inviteRefuse, by: .coordinator, outcome: .minorFailure, reason: "used")
    }

    static func end(_ application: Int64, as ending: String, _ change: Change) throws {
        try change.execute(
            "UPDATE application SET endedAt = ?, ending = ? WHERE id = ?",
            [change.now, ending, application]
        )
    }

    private static func openApplication(
        of holder: CertificateHolder,
        keySHA256: String?,
        _ change: Change
    ) throws -> Int64 {
        guard let row = try ApplicationTable.open(of: holder, change.database),
            keySHA256 == nil || row["keySHA256"] == keySHA256
        else {
            throw CoordinatorStoreError(
                .notFound,
                "\(holder.kind.rawValue) \(holder.id) has no application for a certificate that waits"
            )
        }
        return row["id"]
    }

    private static func outcome(
        of row: Row,
        _ required: Int,
        at time: Date,
        _ database: Database
    ) throws -> CertificateApplication.Outcome {
        let holder = CertificateHolder(row)
        let (id, ending, applied) = (
            row["id"] as Int64, row["ending"] as String?, row["appliedAt"] as Int64
        )
        guard ending == nil else {
            guard ending == "issued",
                let certificate = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT chain FROM certificate
                        WHERE keySHA256 = ? AND revokedAt IS NULL AND notValidAfter > ?
                        """,
                    arguments: [row["keySHA256"] as String, time.milliseconds]
                )
            else { return .refused }
            return .issued(holder, chain: certificate["chain"])
        }
        guard applied > time.milliseconds - ApplicationTable.lifetimeMilliseconds else {
            return .refused
        }
        return try ApplicationTable.approvals(id, database) >= required
            ? .approved(holder, application: id) : .pending(holder)
    }

    private static func ground(
        of application: CertificateApplication,
        at time: Date,
        _ database: Database
    ) throws -> CertificateHolder? {
        switch application.ground {
        case .invite(let hash):
            try ApplicationTable.openInvite(hash, at: time.milliseconds, database)
        case .expired(let fingerprint, let start):
            try ApplicationTable.expired(
                fingerprint,
                from: start.milliseconds,
                to: time.milliseconds,
                database
            )
        }
    }

    private static func begin(
        _ application: CertificateApplication,
        of holder: CertificateHolder,
        _ change: Change,
        at time: Date
    ) throws {
        if let row = try ApplicationTable.open(of: holder, change.database) {
            try end(row["id"], as: "replaced", change)
        }
        var (token, expired): (String?, String?) = (nil, nil)
        switch application.ground {
        case .invite(let hash):
            token = hash
            try change.execute(
                "UPDATE invite SET endedAt = ?, ending = 'redeemed' WHERE tokenHash = ?",
                [change.now, hash]
            )
        case .expired(let fingerprint, _): expired = fingerprint
        }
        try change.execute(
            """
            INSERT INTO application
                (tokenHash, expired, kind, holder, keySHA256, request, softwareVersion, appliedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                token, expired, holder.kind.rawValue, holder.id, application.keySHA256,
                application.request, application.softwareVersion, time.milliseconds,
            ]
        )
        try change.audit(
            AuditEntry(
                .applicationReceive,
                by: holder.actor(),
                on: holder.object,
                new: application.keySHA256
            )
        )
    }
}
