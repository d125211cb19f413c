import GRDB

/// A site as the register knows it, with its certificate in force.
package struct SiteRow: Sendable, Hashable, Codable, FetchableRecord {
    /// Its id.
    package let id: String
    /// Its name for people.
    package let name: String
    /// `invited`, `active` or `revoked`.
    package let status: String
    /// SHA-256 of its certificate; nil before enrolment and after revocation.
    package let fingerprint: String?
    /// The end of the certificate's validity, milliseconds since 1970.
    package let notValidAfterMilliseconds: Int64?
    /// The version its agent had at enrolment.
    package let softwareVersion: String?
    /// What it says about itself, as JSON (Protocol.md section 5.3).
    package let description: String?

    /// How far its clock was ahead of the coordinator's when that was worth a warning; nil if it is not.
    package let clockAheadSeconds: Int64?

    static func all(_ database: Database) throws -> [SiteRow] {
        try fetchAll(database, sql: select + " ORDER BY site.id")
    }

    static func asked(in run: String, _ database: Database) throws -> [SiteRow] {
        let condition = " JOIN runSite ON runSite.site = site.id WHERE runSite.run = ?"
        return try fetchAll(
            database,
            sql: select + condition + " ORDER BY site.id",
            arguments: [run]
        )
    }

    private static let select = """
        SELECT site.id, name, status, fingerprint,
            notValidAfter AS notValidAfterMilliseconds, softwareVersion, description,
            siteClock.aheadSeconds AS clockAheadSeconds
        FROM site LEFT JOIN siteClock ON siteClock.site = site.id
            LEFT JOIN certificate
            ON certificate.kind = 'site' AND certificate.holder = site.id
            AND certificate.revokedAt IS NULL AND certificate.renewedBy IS NULL
        """
}
