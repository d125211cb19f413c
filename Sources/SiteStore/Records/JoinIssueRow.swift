import GRDB

/// A label row or mask that matched no exam, or an exam without label; named by place, never by value.
package struct JoinIssueRow: Sendable, Hashable, Codable, FetchableRecord {
    /// `labels` or `masks`.
    package var source: String
    /// The machine-readable reason.
    package var reason: String
    /// Such as `row 12`.
    package var place: String

    /// Makes a row.
    package init(source: String, reason: String, place: String) {
        self.source = source
        self.reason = reason
        self.place = place
    }
}
