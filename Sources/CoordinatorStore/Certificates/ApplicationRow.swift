import GRDB

/// An application that waits, as operators see it.
package struct ApplicationRow: Sendable, Hashable, Codable {
    /// `site`, `operator`, `researcher` or `auditor`.
    package let kind: CertificateHolder.Kind
    /// The site's or person's id.
    package let holder: String
    /// SHA-256 of the key's SubjectPublicKeyInfo.
    package let keySHA256: String
    /// The PKCS#10 request in PEM, from which the six words follow.
    package let request: String
    /// The applicant's version.
    package let softwareVersion: String
    /// When it came, milliseconds since 1970.
    package let appliedMilliseconds: Int64
    /// Whether it stands in for an expired certificate.
    package let isRenewal: Bool
    /// The operators who approved it, ascending.
    package let approvedBy: [String]

    static func open(after time: Int64, _ database: Database) throws -> [ApplicationRow] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM application WHERE endedAt IS NULL AND appliedAt > ?
                ORDER BY kind, holder
                """,
            arguments: [time]
        )
        return try rows.map { try ApplicationRow($0, database) }
    }

    private init(_ row: Row, _ database: Database) throws {
        let party = CertificateHolder(row)
        let expired: String? = row["expired"]
        kind = party.kind
        holder = party.id
        keySHA256 = row["keySHA256"]
        request = row["request"]
        softwareVersion = row["softwareVersion"]
        appliedMilliseconds = row["appliedAt"]
        isRenewal = expired != nil
        approvedBy = try String.fetchAll(
            database,
            sql: """
                SELECT operator FROM applicationApproval WHERE application = ? ORDER BY operator
                """,
            arguments: [row["id"] as Int64]
        )
    }
}
