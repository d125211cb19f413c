package import AuditLog
import AuditedDatabase
package import Federation
import GRDB

extension CoordinatorStore {
    /// The site of a certificate; nil if the certificate is unknown or revoked, or the site is.
    ///
    /// Asked on every request, so that a revocation bites at once.
    package func activeSite(fingerprint: String) async throws -> SiteID? {
        try await read { try SiteTable.activeSite(fingerprint: fingerprint, $0) }
    }

    /// The sites that may take part, ascending.
    package func activeSites() async throws -> [SiteID] {
        try await read { try SiteTable.active($0) }
    }

    /// Keeps what a site says about itself, as JSON.
    package func describe(_ site: SiteID, metadata: String) async throws {
        try await change { change in
            try change.execute(
                "UPDATE site SET description = ?, describedAt = ? WHERE id = ?",
                [metadata, change.now, site.rawValue]
            )
            try Self.requireChange(change, of: site)
            try change.audit(
                AuditEntry(
                    .siteDescribe,
                    by: AuditActor(.site, site.rawValue),
                    on: AuditObject("site", site.rawValue)
                )
            )
        }
    }

    /// Revokes a site for good: its certificates and open invites end at once.
    package func revoke(
        _ site: SiteID,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            let status = try SiteTable.status(of: site, change.database)
            if status == "revoked" { return }
            try change.execute(
                "UPDATE site SET status = 'revoked', revokedAt = ? WHERE id = ?",
                [change.now, site.rawValue]
            )
            try Self.requireChange(change, of: site)
            try change.execute(
                "UPDATE certificate SET revokedAt = ? WHERE site = ? AND revokedAt IS NULL",
                [change.now, site.rawValue]
            )
            try change.execute(
                """
                UPDATE invite SET endedAt = ?, ending = 'revoked'
                WHERE site = ? AND endedAt IS NULL
                """,
                [change.now, site.rawValue]
            )
            try change.audit(
                AuditEntry(
                    .siteRevoke,
                    by: actor,
                    on: AuditObject("site", site.rawValue),
                    old: status,
                    new: "revoked"
                )
            )
        }
    }

    /// Every site, ascending by id.
    package func sites() async throws -> [SiteRow] {
        try await read { try SiteRow.all($0) }
    }

    private static func requireChange(_ change: Change, of site: SiteID) throws {
        guard change.changedRows == 1 else {
            throw CoordinatorStoreError(.notFound, "there is no site \(site)")
        }
    }
}
