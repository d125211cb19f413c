import AuditedDatabase
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// What was answered to a site's update.
    package struct Verdict: Sendable, Hashable {
        /// The update.
        package let sha256: SHA256Digest
        /// The gate's code; nil of an update that counts.
        package let rejection: String?
    }

    /// The verdict on the update of a site for a round; nil if there is none yet.
    package func verdict(
        on site: SiteID,
        _ run: RunID,
        _ round: RoundNumber
    ) async throws -> Verdict? {
        try await read { database in
            let sql = """
                SELECT sha256, reason FROM contribution WHERE run = ? AND round = ? AND site = ?
                """
            return try Row.fetchOne(
                database,
                sql: sql,
                arguments: [run.rawValue, round.rawValue, site.rawValue]
            ).map { row in
                Verdict(sha256: try StoredID.digest(row["sha256"]), rejection: row["reason"])
            }
        }
    }

    /// The digest of the metrics that a site sent of a model; nil if there are none.
    package func metricsDigest(
        of site: SiteID,
        _ run: RunID,
        model: SHA256Digest
    ) async throws -> SHA256Digest? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: "SELECT sha256 FROM metrics WHERE run = ? AND site = ? AND model = ?",
                arguments: [run.rawValue, site.rawValue, model.rawValue]
            ).map(StoredID.digest)
        }
    }

    /// Whether the site takes, or took, part in a run.
    package func isAsked(_ site: SiteID, in run: RunID) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM runSite WHERE run = ? AND site = ?)",
                arguments: [run.rawValue, site.rawValue]
            ) ?? false
        }
    }
}
