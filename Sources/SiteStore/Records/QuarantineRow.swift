import GRDB

/// A file that was not accepted, under a keyed name that only this site can resolve.
package struct QuarantineRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "quarantine"

    /// HMAC of the file's path under the site's key.
    package var file: String
    /// The machine-readable reason.
    package var reason: String
    /// What was found; never a value.
    package var detail: String

    /// Makes a row.
    package init(file: String, reason: String, detail: String) {
        self.file = file
        self.reason = reason
        self.detail = detail
    }
}
