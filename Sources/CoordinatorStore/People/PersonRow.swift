import GRDB

/// A person as the register knows it.
package struct PersonRow: Sendable, Hashable, Codable, FetchableRecord {
    /// Its id.
    package let id: String
    /// `operator`, `researcher` or `auditor`.
    package let role: String
    /// `invited`, `active` or `revoked`.
    package let status: String
    /// The end of its certificate's validity, milliseconds since 1970.
    package let notValidAfterMilliseconds: Int64?

    static func all(_ database: Database) throws -> [PersonRow] {
        try fetchAll(
            database,
            sql: """
                SELECT person.id, role, status, notValidAfter AS notValidAfterMilliseconds
                FROM person LEFT JOIN certificate
                    ON certificate.kind = role AND certificate.holder = person.id
                    AND certificate.revokedAt IS NULL AND certificate.renewedBy IS NULL
                ORDER BY person.id
                """
        )
    }
}
