import AuditLog
import AuditedDatabase
package import Federation
import GRDB

extension CoordinatorStore {
    /// Counts a site's delta for a round, exactly once; `document` is the site's message as JSON.
    ///
    /// - Returns: whether it was recorded now or the same had been before.
    /// - Throws: ``CoordinatorStoreError`` `conflict` if another delta (or the same one with
    ///   another verdict) was recorded for this run, round and site; `wrong-state` if the round
    ///   is not open, or with `isLate` not the last one that closed.
    @discardableResult
    package func acceptContribution(
        _ run: RunID,
        _ round: RoundNumber,
        site: SiteID,
        _ sha256: SHA256Digest,
        document: String,
        isLate: Bool = false
    ) async throws -> ContributionAnswer {
        try await record(
            isLate: isLate,
            ContributionRow(
                run: run,
                round: round,
                site: site,
                sha256: sha256,
                status: .accepted,
                reason: nil,
                document: document
            )
        )
    }

    /// Records that a site's delta did not pass the gate, exactly once; `reason` is the gate's code.
    ///
    /// - Returns: whether it was recorded now or the same had been before.
    /// - Throws: as ``acceptContribution(_:_:site:_:document:)``.
    @discardableResult
    package func rejectContribution(
        _ run: RunID,
        _ round: RoundNumber,
        site: SiteID,
        _ sha256: SHA256Digest,
        reason: String
    ) async throws -> ContributionAnswer {
        try await record(
            ContributionRow(
                run: run,
                round: round,
                site: site,
                sha256: sha256,
                status: .rejected,
                reason: reason,
                document: nil
            )
        )
    }

    /// Keeps a site's metrics of the final model, as canonical JSON, exactly once.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if other metrics were recorded before.
    package func recordMetrics(
        _ run: RunID,
        site: SiteID,
        model: SHA256Digest,
        document: String
    ) async throws {
        let digest = SHA256Digest(hashing: Array(document.utf8))
        try await change { change in
            let known = try String.fetchOne(
                change.database,
                sql: "SELECT sha256 FROM metrics WHERE run = ? AND site = ?",
                arguments: [run.rawValue, site.rawValue]
            )
            if let known {
                guard known == digest.rawValue else {
                    throw CoordinatorStoreError(
                        .conflict,
                        "\(site) has sent other metrics for \(run) before"
                    )
                }
                return
            }
            try change.execute(
                """
                INSERT INTO metrics (run, site, model, sha256, document, receivedAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    run.rawValue, site.rawValue, model.rawValue, digest.rawValue, document,
                    change.now,
                ]
            )
            try change.audit(
                AuditEntry(
                    .metricsAccept,
                    by: AuditActor(.site, site.rawValue),
                    on: AuditObject("metrics", "\(run)/\(site)", sha256: digest.rawValue),
                    study: run.rawValue,
                    new: model.rawValue
                )
            )
        }
    }

    /// What a site contributed to a round, and why it was turned back if it was; nil if nothing is recorded.
    package func recordedContribution(
        _ run: RunID,
        _ round: RoundNumber,
        site: SiteID
    ) async throws -> (sha256: String, reason: String?)? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT sha256, reason FROM contribution
                    WHERE run = ? AND round = ? AND site = ?
                    """,
                arguments: [run.rawValue, round.rawValue, site.rawValue]
            ).map { ($0["sha256"], $0["reason"]) }
        }
    }

    private func record(
        isLate: Bool = false,
        _ row: ContributionRow
    ) async throws -> ContributionAnswer {
        try await change { change in
            if let known = try ContributionRow.known(row, change.database) {
                guard known == row.identity else {
                    throw CoordinatorStoreError(
                        .conflict,
                        "\(row.site) has another answer for round \(row.round) of \(row.run)"
                    )
                }
                return .repeated
            }
            let isOpen = try RunTable.isOpen(row.run, row.round, change.database)
            let next = row.round.next
            guard try isOpen || isLate && RunTable.isOpen(row.run, next, change.database) else {
                throw CoordinatorStoreError(
                    .wrongState,
                    "round \(row.round) of \(row.run) is not open"
                )
            }
            try BlobTable.insert(row.sha256, kind: .delta, bytes: nil, change)
            try row.insert(change)
            var entry = row.auditEntry
            // The record stands after the round's end: it says why that is not a mistake.
            if !isOpen { entry.reason = "late" }
            try change.audit(entry)
            return .recorded
        }
    }
}
