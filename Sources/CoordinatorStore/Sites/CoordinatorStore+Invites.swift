package import AuditLog
import AuditedDatabase
package import Federation
package import Foundation
import GRDB

extension CoordinatorStore {
    /// Keeps the hash of a new invite; an open invite of the same site ends.
    ///
    /// The site is made if it is new.
    ///
    /// - Throws: ``CoordinatorStoreError`` `wrong-state` for a revoked site.
    package func createInvite(
        site: SiteID,
        name: String,
        tokenHash: String,
        expires: Date,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            let status = try SiteTable.status(of: site, change.database)
            guard status != "revoked" else {
                throw CoordinatorStoreError(
                    .wrongState,
                    "\(site) is revoked; invite it under another id"
                )
            }
            if status == nil {
                try change.execute(
                    "INSERT INTO site (id, name, status, invitedAt) VALUES (?, ?, 'invited', ?)",
                    [site.rawValue, name, change.now]
                )
            }
            try Self.invite(
                CertificateHolder(.site, site.rawValue),
                tokenHash: tokenHash,
                expires: expires,
                change
            )
            try change.audit(
                AuditEntry(.inviteCreate, by: actor, on: AuditObject("site", site.rawValue))
            )
        }
    }

    /// Keeps the hash of a token; an open invite of the same holder ends.
    static func invite(
        _ holder: CertificateHolder,
        tokenHash: String,
        expires: Date,
        _ change: Change
    ) throws {
        try endInvites(of: holder, as: "replaced", change)
        try change.execute(
            """
            INSERT INTO invite (tokenHash, kind, holder, createdAt, expiresAt)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                tokenHash, holder.kind.rawValue, holder.id, change.now, expires.milliseconds,
            ]
        )
    }

    /// Ends the open invites of a holder.
    static func endInvites(
        of holder: CertificateHolder,
        as ending: String,
        _ change: Change
    ) throws {
        try change.execute(
            """
            UPDATE invite SET endedAt = ?, ending = ?
            WHERE kind = ? AND holder = ? AND endedAt IS NULL
            """,
            [change.now, ending, holder.kind.rawValue, holder.id]
        )
    }

    /// Ends everything a holder could identify itself with.
    static func revokeCredentials(of holder: CertificateHolder, _ change: Change) throws {
        try change.execute(
            """
            UPDATE certificate SET revokedAt = ?
            WHERE kind = ? AND holder = ? AND revokedAt IS NULL
            """,
            [change.now, holder.kind.rawValue, holder.id]
        )
        try endInvites(of: holder, as: "revoked", change)
        if let row = try ApplicationTable.open(of: holder, change.database) {
            try end(row["id"], as: "revoked", change)
        }
    }
}

extension AuditActor {
    /// The coordinator itself.
    static let coordinator = AuditActor(.coordinator, "coordinator")
}

extension Date {
    /// Whole milliseconds since 1970, rounded down.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded(.down)) }

    /// The moment so many milliseconds after 1970.
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
