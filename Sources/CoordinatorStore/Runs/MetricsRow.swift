import AuditLog
import AuditedDatabase
import Federation
import GRDB

/// A row of the table `metrics`: a site's figures of a model, once a run.
struct MetricsRow: Sendable {
    let run: RunID
    let site: SiteID
    let model: SHA256Digest
    let document: String

    private var sha256: SHA256Digest { SHA256Digest(hashing: Array(document.utf8)) }

    /// Records the metrics, once.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if other metrics of the same model were
    ///   recorded before.
    func record(_ change: Change) throws -> RunRecord.Outcome {
        let sql = "SELECT model, sha256 FROM metrics WHERE run = ? AND site = ?"
        let key: StatementArguments = [run.rawValue, site.rawValue]
        if let known = try Row.fetchOne(change.database, sql: sql, arguments: key) {
            if known["model"] as String == model.rawValue {
                guard known["sha256"] as String == sha256.rawValue else {
                    throw CoordinatorStoreError(
                        .conflict,
                        "\(site) has sent other metrics for \(run) before"
                    )
                }
                return .repeated
            }
            // An earlier model turned out to be the best: the figures of the last one are replaced.
            try change.execute("DELETE FROM metrics WHERE run = ? AND site = ?", key)
        }
        try insert(change)
        return .recorded
    }

    private func insert(_ change: Change) throws {
        try change.execute(
            """
            INSERT INTO metrics (run, site, model, sha256, document, receivedAt)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                run.rawValue, site.rawValue, model.rawValue, sha256.rawValue, document,
                change.now,
            ]
        )
        try change.audit(
            AuditEntry(
                .metricsAccept,
                by: AuditActor(.site, site.rawValue),
                on: AuditObject("metrics", "\(run)/\(site)", sha256: sha256.rawValue),
                study: run.rawValue,
                new: model.rawValue
            )
        )
    }
}
