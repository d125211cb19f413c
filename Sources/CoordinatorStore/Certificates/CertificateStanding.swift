import GRDB

/// How a certificate stands with the register at a moment.
package enum CertificateStanding: Sendable, Hashable {
    /// Its holder may act.
    case valid(CertificateHolder)
    /// It has expired, or was renewed and its overlap is over.
    case ended
    /// It was revoked, is of a revoked holder, or was never issued.
    case refused

    static func of(
        _ fingerprint: String,
        at time: Int64,
        _ database: Database
    ) throws -> CertificateStanding {
        let sql = """
            SELECT kind, holder, min(notValidAfter, coalesce(endsAt, notValidAfter)) AS ends
            FROM certificate
            LEFT JOIN site ON kind = 'site' AND site.id = holder
            LEFT JOIN person ON kind = person.role AND person.id = holder
            WHERE fingerprint = ? AND certificate.revokedAt IS NULL
                AND coalesce(site.status, person.status) = 'active'
            """
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [fingerprint]) else {
            return .refused
        }
        let ends: Int64 = row["ends"]
        return ends > time ? .valid(CertificateHolder(row)) : .ended
    }
}
