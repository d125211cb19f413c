import GRDB

/// The site's decision on a plan.
package struct PlanAnswerRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "planAnswer"
    /// Who decided, where it was what the admin declared beforehand.
    package static let policy = "policy of the site"
    /// Who decided, where it was a person.
    package static let admin = "site admin"

    /// The plan's digest.
    package var sha256: String
    /// `approved` or `declined`.
    package var decision: String
    /// The policy or role that decided.
    package var decidedBy: String
    /// Why, for a declined plan.
    package var reason: String
    /// When, milliseconds since 1970.
    package var answeredMilliseconds: Int64

    /// Makes a row.
    package init(
        sha256: String,
        decision: String,
        decidedBy: String,
        reason: String,
        answeredMilliseconds: Int64
    ) {
        self.sha256 = sha256
        self.decision = decision
        self.decidedBy = decidedBy
        self.reason = reason
        self.answeredMilliseconds = answeredMilliseconds
    }
}
