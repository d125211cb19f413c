import AuditLog
import AuditedDatabase
import Federation
import GRDB

/// A row of the table `contribution`.
struct ContributionRow: Sendable {
    /// The verdict of the gate.
    enum Status: String, Sendable {
        case accepted
        case rejected
    }

    let run: RunID
    let round: RoundNumber
    let site: SiteID
    let sha256: SHA256Digest
    let status: Status
    let reason: String?
    let document: String?

    /// What makes two recordings the same.
    var identity: [String] { [sha256.rawValue, status.rawValue] }

    var auditEntry: AuditEntry {
        AuditEntry(
            status == .accepted ? .roundUpdateAccept : .roundUpdateReject,
            by: AuditActor(.site, site.rawValue),
            on: AuditObject("update", "\(run)/\(round)/\(site)", sha256: sha256.rawValue),
            outcome: status == .accepted ? .success : .minorFailure,
            study: run.rawValue,
            round: round.rawValue,
            reason: reason
        )
    }

    /// The identity of what is recorded for the same run, round and site.
    static func known(_ row: ContributionRow, _ database: Database) throws -> [String]? {
        let sql = """
            SELECT sha256, status FROM contribution WHERE run = ? AND round = ? AND site = ?
            """
        return try Row.fetchOne(
            database,
            sql: sql,
            arguments: [row.run.rawValue, row.round.rawValue, row.site.rawValue]
        ).map { [$0["sha256"], $0["status"]] }
    }

    /// Records the verdict, exactly once.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if another update (or the same one with
    ///   another verdict) was recorded for this run, round and site; `wrong-state` if the round
    ///   is not open, or with `isLate` not one before the round that is.
    func record(bytes: Int?, isLate: Bool, _ change: Change) throws -> RunRecord.Outcome {
        if let known = try Self.known(self, change.database) {
            guard known == identity else {
                throw CoordinatorStoreError(
                    .conflict,
                    "\(site) has another answer for round \(round) of \(run)"
                )
            }
            return .repeated
        }
        let isOpen = try RoundTable.isOpen(run, round, change.database)
        guard try isOpen || isLate && RoundTable.isOpen(run, after: round, change.database) else {
            throw CoordinatorStoreError(
                .wrongState,
                "round \(round) of \(run) is not open"
            )
        }
        try BlobTable.insert(sha256, kind: .delta, bytes: bytes, change)
        try insert(change)
        var entry = auditEntry
        // The record stands after the round's end: it says why that is not a mistake.
        if !isOpen && status == .accepted { entry.reason = "late" }
        try change.audit(entry)
        return .recorded
    }

    private func insert(_ change: Change) throws {
        try change.execute(
            """
            INSERT INTO contribution
                (run, round, site, sha256, status, reason, document, receivedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                run.rawValue, round.rawValue, site.rawValue, sha256.rawValue, status.rawValue,
                reason, document, change.now,
            ]
        )
    }
}
