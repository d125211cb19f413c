import AuditedDatabase
package import Federation
import GRDB

/// What a site was doing when it was last heard of.
package struct SiteProgress: Sendable, Hashable {
    /// The site.
    package let site: SiteID
    /// When it was heard, milliseconds since 1970.
    package var heardMilliseconds: Int64
    /// The run it works for; nil while it waits for work.
    package var run: RunID?
    /// The round.
    package var round: RoundNumber?
    /// The step, as in Protocol.md section 5.10.
    package var phase: String?
    /// How far the step is, 0 to 1.
    package var fraction: Double?
    /// The mean loss so far, while training.
    package var meanLoss: Double?

    /// A site that was heard of.
    package init(site: SiteID, heardMilliseconds: Int64) {
        self.site = site
        self.heardMilliseconds = heardMilliseconds
    }
}

extension CoordinatorStore {
    /// Keeps what sites are doing, for people who look from another process; no audit record.
    package func keep(_ progress: [SiteProgress]) async throws {
        guard !progress.isEmpty else { return }
        try await change { change in
            for site in progress {
                try change.execute(
                    """
                    INSERT OR REPLACE INTO siteProgress
                        (site, heardAt, run, round, phase, fraction, meanLoss)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        site.site.rawValue, site.heardMilliseconds, site.run?.rawValue,
                        site.round?.rawValue, site.phase, site.fraction, site.meanLoss,
                    ]
                )
            }
        }
    }

    /// What each site was last heard doing, by site id.
    package func siteProgress() async throws -> [SiteID: SiteProgress] {
        try await read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM siteProgress")
            let sites = try rows.map { row in
                var progress = SiteProgress(
                    site: try StoredID.site(row["site"]),
                    heardMilliseconds: row["heardAt"]
                )
                progress.run = try (row["run"] as String?).map(StoredID.run)
                progress.round = (row["round"] as Int?).flatMap(RoundNumber.init(rawValue:))
                progress.phase = row["phase"]
                progress.fraction = row["fraction"]
                progress.meanLoss = row["meanLoss"]
                return progress
            }
            return Dictionary(uniqueKeysWithValues: sites.map { ($0.site, $0) })
        }
    }
}
