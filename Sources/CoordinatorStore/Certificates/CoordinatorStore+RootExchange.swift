package import AuditLog
import AuditedDatabase
package import Foundation
import GRDB

/// The certificate a holder uses, with its chain.
package struct HeldCertificate: Sendable, Hashable {
    /// Who holds it.
    package let holder: CertificateHolder
    /// SHA-256 of the leaf.
    package let fingerprint: String
    /// Leaf and issuing certificate in PEM; nil for one of before version 0.2.
    package let chain: String?
    /// The end of its validity, milliseconds since 1970.
    package let notValidAfterMilliseconds: Int64
}

extension CoordinatorStore {
    /// The newest certificate of each holder that stands at a moment, by kind and id.
    package func latestCertificates(at time: Date) async throws -> [HeldCertificate] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT fingerprint, kind, holder, chain, notValidAfter FROM certificate
                    WHERE renewedBy IS NULL AND revokedAt IS NULL AND notValidAfter > ?
                    ORDER BY kind, holder
                    """,
                arguments: [time.milliseconds]
            ).map { row in
                HeldCertificate(
                    holder: CertificateHolder(row),
                    fingerprint: row["fingerprint"],
                    chain: row["chain"],
                    notValidAfterMilliseconds: row["notValidAfter"]
                )
            }
        }
    }

    /// Ends certificates, as their root is gone by no more; their holders may be invited again.
    package func endCertificates(of fingerprints: [String]) async throws {
        guard !fingerprints.isEmpty else { return }
        try await change { change in
            for fingerprint in fingerprints {
                try change.execute(
                    "UPDATE certificate SET revokedAt = ? WHERE fingerprint = ?",
                    [change.now, fingerprint]
                )
            }
        }
    }

    /// Records an act that changes no table: one on the authority's files.
    package func record(_ entry: AuditEntry) async throws {
        try await change { try $0.audit(entry) }
    }
}
