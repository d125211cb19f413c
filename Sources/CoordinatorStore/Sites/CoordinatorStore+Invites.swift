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
            try change.execute(
                """
                UPDATE invite SET endedAt = ?, ending = 'replaced'
                WHERE site = ? AND endedAt IS NULL
                """,
                [change.now, site.rawValue]
            )
            try change.execute(
                "INSERT INTO invite (tokenHash, site, createdAt, expiresAt) VALUES (?, ?, ?, ?)",
                [tokenHash, site.rawValue, change.now, expires.milliseconds]
            )
            try change.audit(
                AuditEntry(.inviteCreate, by: actor, on: AuditObject("site", site.rawValue))
            )
        }
    }

    /// The site an open invite was made for; nil if the token is unknown, used or expired.
    package func inviteSite(tokenHash: String, at time: Date) async throws -> SiteID? {
        try await read { try SiteTable.openInvite(tokenHash, at: time, $0) }
    }

    /// Uses up an invite and registers the certificate that was issued for it.
    ///
    /// Certificates the site had before end with it.
    ///
    /// - Returns: false if the token is unknown, used or expired; nothing but the refusal is
    ///   recorded then.
    package func redeemInvite(
        tokenHash: String,
        fingerprint: String,
        notValidAfter: Date,
        softwareVersion: String,
        at time: Date
    ) async throws -> Bool {
        try await change { change in
            guard let site = try SiteTable.openInvite(tokenHash, at: time, change.database) else {
                try change.audit(
                    AuditEntry(
                        .inviteRefuse,
                        by: .coordinator,
                        outcome: .minorFailure,
                        reason: "unknown-used-or-expired"
                    )
                )
                return false
            }
            try change.execute(
                "UPDATE invite SET endedAt = ?, ending = 'redeemed' WHERE tokenHash = ?",
                [change.now, tokenHash]
            )
            try change.execute(
                "UPDATE certificate SET revokedAt = ? WHERE site = ? AND revokedAt IS NULL",
                [change.now, site.rawValue]
            )
            try change.execute(
                """
                INSERT INTO certificate (fingerprint, site, issuedAt, notValidAfter)
                VALUES (?, ?, ?, ?)
                """,
                [fingerprint, site.rawValue, change.now, notValidAfter.milliseconds]
            )
            try change.execute(
                """
                UPDATE site SET status = 'active', softwareVersion = ?, enrolledAt = ?
                WHERE id = ?
                """,
                [softwareVersion, change.now, site.rawValue]
            )
            try change.audit(
                AuditEntry(
                    .siteEnrol,
                    by: AuditActor(.site, site.rawValue, certificate: fingerprint),
                    on: AuditObject("site", site.rawValue)
                )
            )
            return true
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
