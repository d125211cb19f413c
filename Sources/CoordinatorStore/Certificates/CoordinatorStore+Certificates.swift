import AuditLog
import AuditedDatabase
package import Foundation
import GRDB

extension CoordinatorStore {
    /// How a certificate stands at a moment; asked on every request, so that a revocation bites at once.
    package func standing(
        ofCertificate fingerprint: String,
        at time: Date
    ) async throws -> CertificateStanding {
        try await read { try CertificateStanding.of(fingerprint, at: time.milliseconds, $0) }
    }

    /// Which of some certificates do not stand any more.
    package func notStanding(
        among fingerprints: Set<String>,
        at time: Date
    ) async throws -> Set<String> {
        try await read { database in
            try fingerprints.filter { fingerprint in
                let standing = try CertificateStanding.of(
                    fingerprint,
                    at: time.milliseconds,
                    database
                )
                if case .valid = standing { return false }
                return true
            }
        }
    }

    /// Registers the certificate that was issued for an approved application; its holder is active from now on.
    ///
    /// Certificates that the holder had before end with it.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if the application has ended meanwhile.
    package func register(
        _ certificate: CertificateRecord,
        for application: Int64
    ) async throws {
        try await change { change in
            guard
                let row = try Row.fetchOne(
                    change.database,
                    sql: "SELECT * FROM application WHERE id = ? AND endedAt IS NULL",
                    arguments: [application]
                )
            else { throw CoordinatorStoreError(.conflict, "the application has ended") }
            let holder = CertificateHolder(row)
            try Self.end(application, as: "issued", change)
            try change.execute(
                """
                UPDATE certificate SET revokedAt = ?
                WHERE kind = ? AND holder = ? AND revokedAt IS NULL
                """,
                [change.now, holder.kind.rawValue, holder.id]
            )
            try Self.insert(certificate, of: holder, change)
            try Self.activate(holder, softwareVersion: row["softwareVersion"], change)
            try change.audit(
                AuditEntry(
                    holder.kind == .site ? .siteEnrol : .personEnrol,
                    by: holder.actor(certificate: certificate.fingerprint),
                    on: holder.object
                )
            )
        }
    }

    /// Registers the certificate that follows another one, which ends at `overlapEnd`.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if it was renewed with another key already, or the
    ///   key was certified before.
    package func renew(
        _ fingerprint: String,
        with certificate: CertificateRecord,
        overlapEnd: Date
    ) async throws {
        try await change { change in
            let row = try Row.fetchOne(
                change.database,
                sql: """
                    SELECT kind, holder FROM certificate
                    WHERE fingerprint = ? AND renewedBy IS NULL AND revokedAt IS NULL
                    """,
                arguments: [fingerprint]
            )
            guard let holder = row.map(CertificateHolder.init),
                try !ApplicationTable.isCertified(certificate.keySHA256, change.database)
            else {
                throw CoordinatorStoreError(.conflict, "the certificate was renewed already")
            }
            try Self.insert(certificate, of: holder, change)
            try change.execute(
                "UPDATE certificate SET renewedBy = ?, endsAt = ? WHERE fingerprint = ?",
                [certificate.fingerprint, overlapEnd.milliseconds, fingerprint]
            )
            try change.audit(
                AuditEntry(
                    .certificateRenew,
                    by: holder.actor(certificate: fingerprint),
                    on: holder.object,
                    old: fingerprint,
                    new: certificate.fingerprint
                )
            )
        }
    }

    /// The certificate a certificate was renewed with, if it is of this key.
    package func renewal(
        of fingerprint: String,
        keySHA256: String
    ) async throws -> CertificateRecord? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT next.* FROM certificate JOIN certificate AS next
                        ON next.fingerprint = certificate.renewedBy
                    WHERE certificate.fingerprint = ? AND next.keySHA256 = ?
                    """,
                arguments: [fingerprint, keySHA256]
            )
            return row.map { row in
                CertificateRecord(
                    fingerprint: row["fingerprint"],
                    keySHA256: keySHA256,
                    chain: row["chain"],
                    notValidAfter: Date(milliseconds: row["notValidAfter"])
                )
            }
        }
    }

    /// Whether a key was ever certified.
    package func isCertified(keySHA256: String) async throws -> Bool {
        try await read { try ApplicationTable.isCertified(keySHA256, $0) }
    }

    private static func insert(
        _ certificate: CertificateRecord,
        of holder: CertificateHolder,
        _ change: Change
    ) throws {
        try change.execute(
            """
            INSERT INTO certificate
                (fingerprint, kind, holder, keySHA256, chain, issuedAt, notValidAfter)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                certificate.fingerprint, holder.kind.rawValue, holder.id, certificate.keySHA256,
                certificate.chain, change.now, certificate.notValidAfter.milliseconds,
            ]
        )
    }

    private static func activate(
        _ holder: CertificateHolder,
        softwareVersion: String,
        _ change: Change
    ) throws {
        guard holder.kind == .site else {
            try change.execute("UPDATE person SET status = 'active' WHERE id = ?", [holder.id])
            return
        }
        try change.execute(
            """
            UPDATE site SET status = 'active', softwareVersion = ?, enrolledAt = ? WHERE id = ?
            """,
            [softwareVersion, change.now, holder.id]
        )
    }
}
