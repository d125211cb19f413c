import AuditLog
package import Federation
package import Foundation
import GRDB

extension CoordinatorStore {
    /// Keeps the hash of an invite for a site; an earlier unused invite of the site is void.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if the site is already active or was revoked.
    package func createInvite(
        site: SiteID, name: String, tokenHash: String, expires: Date
    ) async throws {
        try await change { database in
            let status = try String.fetchOne(
                database, sql: "SELECT status FROM site WHERE id = ?", arguments: [site.rawValue])
            if let status, status != "invited" {
                throw CoordinatorStoreError(.conflict, "site \(site) is already \(status)")
            }
            try database.execute(
                sql: """
                    INSERT INTO site (id, name, status) VALUES (?, ?, 'invited')
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name
                    """,
                arguments: [site.rawValue, name])
            try database.execute(
                sql: "DELETE FROM invite WHERE site = ? AND usedMilliseconds IS NULL",
                arguments: [site.rawValue])
            try database.execute(
                sql: "INSERT INTO invite VALUES (?, ?, ?, NULL)",
                arguments: [tokenHash, site.rawValue, expires.milliseconds])
            return ((), Self.entry(.inviteCreate, on: site))
        }
    }

    /// The site of an invite that can still be used.
    package func inviteSite(tokenHash: String, at now: Date) async throws -> SiteID? {
        try await database.read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT site FROM invite WHERE tokenHash = ?
                    AND usedMilliseconds IS NULL AND expiresMilliseconds > ?
                    """,
                arguments: [tokenHash, now.milliseconds]
            ).flatMap(SiteID.init(rawValue:))
        }
    }

    /// Uses up an invite and makes its site active under a certificate; false if it was used meanwhile.
    package func redeemInvite(
        tokenHash: String, fingerprint: String, notValidAfter: Date, softwareVersion: String,
        at now: Date
    ) async throws -> Bool {
        try await change { database in
            try database.execute(
                sql: """
                    UPDATE invite SET usedMilliseconds = ? WHERE tokenHash = ?
                    AND usedMilliseconds IS NULL AND expiresMilliseconds > ?
                    """,
                arguments: [now.milliseconds, tokenHash, now.milliseconds])
            guard database.changesCount == 1,
                let id = try String.fetchOne(
                    database, sql: "SELECT site FROM invite WHERE tokenHash = ?",
                    arguments: [tokenHash]), let site = SiteID(rawValue: id)
            else { return (false, nil) }
            try database.execute(
                sql: """
                    UPDATE site SET status = 'active', fingerprint = ?,
                    notValidAfterMilliseconds = ?, softwareVersion = ? WHERE id = ?
                    """,
                arguments: [fingerprint, notValidAfter.milliseconds, softwareVersion, id])
            var entry = Self.entry(.siteEnrol, on: site)
            entry.actor.certificate = fingerprint
            return (true, entry)
        }
    }

    /// The active site a certificate belongs to.
    package func activeSite(fingerprint: String) async throws -> SiteID? {
        try await database.read { database in
            try String.fetchOne(
                database, sql: "SELECT id FROM site WHERE fingerprint = ? AND status = 'active'",
                arguments: [fingerprint]
            ).flatMap(SiteID.init(rawValue:))
        }
    }

    /// Active sites, ascending.
    package func activeSites() async throws -> [SiteID] {
        try await sites().filter { $0.status == "active" }.compactMap { SiteID(rawValue: $0.id) }
    }

    /// Revokes a site: its next request is refused.
    ///
    /// - Throws: ``CoordinatorStoreError`` `not-found`.
    package func revoke(_ site: SiteID) async throws {
        try await change { database in
            try database.execute(
                sql: "UPDATE site SET status = 'revoked' WHERE id = ?", arguments: [site.rawValue])
            guard database.changesCount == 1 else {
                throw CoordinatorStoreError(.notFound, "there is no site \(site)")
            }
            return ((), Self.entry(.siteRevoke, on: site))
        }
    }

    /// Keeps what a site says about itself, as JSON.
    package func describe(_ site: SiteID, metadata: String) async throws {
        try await change { database in
            try database.execute(
                sql: "UPDATE site SET description = ? WHERE id = ?",
                arguments: [metadata, site.rawValue])
            return ((), Self.entry(.siteDescribe, on: site))
        }
    }

    /// Every site, ascending by id.
    package func sites() async throws -> [SiteRow] {
        try await database.read { try SiteRow.fetchAll($0, sql: "SELECT * FROM site ORDER BY id") }
    }

    static func entry(_ act: AuditAct, on site: SiteID) -> AuditEntry {
        AuditEntry(
            act, by: AuditActor(.coordinator, "coordinator"),
            on: AuditObject("site", site.rawValue))
    }
}

extension Date {
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
