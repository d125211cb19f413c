import AuditLog
import GRDB

/// A round this site trained in.
package struct RoundRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "round"

    /// The run.
    package var run: String
    /// The round's number.
    package var number: Int
    /// The plan's digest.
    package var plan: String
    /// The delta's digest.
    package var deltaSHA256: String
    /// The weight.
    package var examples: Int
    /// The mean training loss.
    package var meanLoss: Double
    /// Wall time of training.
    package var seconds: Double
    /// What the coordinator made of it; nil until it answered.
    package var outcome: String?
    /// Why the coordinator rejected it, as the gate's code.
    package var reason: String?
    /// The message that sends it, as it was first made; sent again unchanged after a restart.
    package var contribution: String?

    /// Makes a row.
    package init(
        run: String,
        number: Int,
        plan: String,
        deltaSHA256: String,
        examples: Int,
        meanLoss: Double,
        seconds: Double,
        outcome: String? = nil,
        reason: String? = nil,
        contribution: String? = nil
    ) {
        self.reason = reason
        self.run = run
        self.number = number
        self.plan = plan
        self.deltaSHA256 = deltaSHA256
        self.examples = examples
        self.meanLoss = meanLoss
        self.seconds = seconds
        self.outcome = outcome
        self.contribution = contribution
    }

    /// The update, as the audit log names it.
    var auditObject: AuditObject { AuditObject("update", "\(run)/\(number)", sha256: deltaSHA256) }
}
