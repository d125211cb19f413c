package import AuditLog
import AuditedDatabase
package import Federation
import GRDB

extension CoordinatorStore {
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
            try Self.revokeCredentials(of: CertificateHolder(.site, site.rawValue), change)
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

    /// Gives a site another name for people; its id, certificates and history stay.
    package func rename(
        _ site: SiteID,
        to name: String,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        try await change { change in
            try change.execute("UPDATE site SET name = ? WHERE id = ?", [name, site.rawValue])
            try Self.requireChange(change, of: site)
            try change.audit(
                AuditEntry(.siteRename, by: actor, on: AuditObject("site", site.rawValue))
            )
        }
    }

    /// Keeps how far a site's clock is ahead of the coordinator's; nil once it is right again.
    package func noteClock(of site: String, aheadSeconds: Int64?) async throws {
        try await change { change in
            guard let aheadSeconds else {
                return try change.execute("DELETE FROM siteClock WHERE site = ?", [site])
            }
            try change.execute(
                """
                INSERT INTO siteClock (site, aheadSeconds, notedAt) VALUES (?, ?, ?)
                ON CONFLICT (site) DO UPDATE
                SET aheadSeconds = excluded.aheadSeconds, notedAt = excluded.notedAt
                """,
                [site, aheadSeconds, change.now]
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
