import CanonicalJSON
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// Every site, ascending by id.
    package func siteList() async throws -> [SiteSummary] {
        try await read { try SiteQuery.all($0) }
    }

    /// One site, or nil.
    package func site(_ id: SiteID) async throws -> SiteSummary? {
        try await siteList().first { $0.id == id }
    }
}

/// Reads site summaries.
enum SiteQuery {
    static func all(_ database: Database) throws -> [SiteSummary] {
        let sql = """
            SELECT site.*, certificate.fingerprint, max(certificate.notValidAfter) AS ends
            FROM site LEFT JOIN certificate
                ON certificate.site = site.id AND certificate.revokedAt IS NULL
            GROUP BY site.id ORDER BY site.id
            """
        return try Row.fetchAll(database, sql: sql).compactMap(summary)
    }

    private static func summary(_ row: Row) throws -> SiteSummary? {
        guard let id = SiteID(rawValue: row["id"]),
            let status = SiteStatus(rawValue: row["status"])
        else { return nil }
        let metadata: String? = row["metadata"]
        return SiteSummary(
            id: id, name: row["name"], status: status, softwareVersion: row["softwareVersion"],
            metadata: try metadata.map(StoredDocument.json),
            enrolledAt: (row["enrolledAt"] as Int64?).map(Date.init(milliseconds:)),
            fingerprint: row["fingerprint"],
            certificateEnds: (row["ends"] as Int64?).map(Date.init(milliseconds:)))
    }
}
