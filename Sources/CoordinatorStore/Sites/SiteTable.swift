import Federation
import Foundation
import GRDB

/// Questions to the tables `site`, `certificate` and `invite`.
enum SiteTable {
    static func status(of site: SiteID, _ database: Database) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT status FROM site WHERE id = ?",
            arguments: [site.rawValue]
        )
    }

    static func openInvite(
        _ tokenHash: String,
        at time: Date,
        _ database: Database
    ) throws -> SiteID? {
        let sql = """
            SELECT invite.site FROM invite JOIN site ON site.id = invite.site
            WHERE tokenHash = ? AND endedAt IS NULL AND expiresAt > ? AND status <> 'revoked'
            """
        return try String.fetchOne(
            database,
            sql: sql,
            arguments: [tokenHash, time.milliseconds]
        ).flatMap(SiteID.init(rawValue:))
    }

    static func activeSite(fingerprint: String, _ database: Database) throws -> SiteID? {
        let sql = """
            SELECT site.id FROM certificate JOIN site ON site.id = certificate.site
            WHERE fingerprint = ? AND certificate.revokedAt IS NULL
                AND status = 'active'
            """
        return try String.fetchOne(database, sql: sql, arguments: [fingerprint])
            .flatMap(SiteID.init(rawValue:))
    }

    static func active(_ database: Database) throws -> [SiteID] {
        try String.fetchAll(
            database,
            sql: "SELECT id FROM site WHERE status = 'active'"
        ).compactMap(SiteID.init(rawValue:)).sorted()
    }
}
