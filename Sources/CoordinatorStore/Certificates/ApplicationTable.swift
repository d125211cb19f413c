import Foundation
import GRDB

/// Questions to the tables `invite`, `application` and `applicationApproval`.
enum ApplicationTable {
    /// How long an application waits, in milliseconds (Protocol.md section 9).
    static let lifetimeMilliseconds: Int64 = 7 * 86_400_000

    /// The holder an open invite is for.
    static func openInvite(
        _ tokenHash: String,
        at time: Int64,
        _ database: Database
    ) throws -> CertificateHolder? {
        let sql = """
            SELECT kind, holder FROM invite
            LEFT JOIN site ON kind = 'site' AND site.id = holder
            LEFT JOIN person ON kind = person.role AND person.id = holder
            WHERE tokenHash = ? AND endedAt IS NULL AND expiresAt > ?
                AND coalesce(site.status, person.status) <> 'revoked'
            """
        return try Row.fetchOne(database, sql: sql, arguments: [tokenHash, time])
            .map(CertificateHolder.init)
    }

    /// The holder of a certificate that expired after a moment and was not revoked.
    static func expired(
        _ fingerprint: String,
        from start: Int64,
        to end: Int64,
        _ database: Database
    ) throws -> CertificateHolder? {
        let sql = """
            SELECT kind, holder FROM certificate
            LEFT JOIN site ON kind = 'site' AND site.id = holder
            LEFT JOIN person ON kind = person.role AND person.id = holder
            WHERE fingerprint = ? AND certificate.revokedAt IS NULL
                AND notValidAfter BETWEEN ? AND ?
                AND coalesce(site.status, person.status) = 'active'
            """
        return try Row.fetchOne(database, sql: sql, arguments: [fingerprint, start, end])
            .map(CertificateHolder.init)
    }

    /// The newest application on this ground.
    static func application(
        on ground: CertificateApplication.Ground,
        _ database: Database
    ) throws -> Row? {
        let (column, value) =
            switch ground {
            case .invite(let hash): ("tokenHash", hash)
            case .expired(let fingerprint, _): ("expired", fingerprint)
            }
        return try Row.fetchOne(
            database,
            sql: "SELECT * FROM application WHERE \(column) = ? ORDER BY id DESC LIMIT 1",
            arguments: [value]
        )
    }

    static func open(of holder: CertificateHolder, _ database: Database) throws -> Row? {
        try Row.fetchOne(
            database,
            sql: "SELECT * FROM application WHERE kind = ? AND holder = ? AND endedAt IS NULL",
            arguments: [holder.kind.rawValue, holder.id]
        )
    }

    static func approvals(_ application: Int64, _ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM applicationApproval WHERE application = ?",
            arguments: [application]
        ) ?? 0
    }

    static func isCertified(_ keySHA256: String, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM certificate WHERE keySHA256 = ?)",
            arguments: [keySHA256]
        ) ?? false
    }
}
