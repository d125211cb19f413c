import GRDB

/// The beginning of this site's work on a round: which model it got, under which plan.
package struct RoundStart: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "roundStart"

    /// The run.
    package var run: String
    /// The round's number.
    package var number: Int
    /// The plan's digest.
    package var plan: String
    /// The digest of the global model it begins from.
    package var modelSHA256: String
    /// When, milliseconds since 1970.
    package var milliseconds: Int64
    /// The version of the cohort it trains on.
    package var cohort: Int?

    /// Makes a row.
    package init(
        run: String,
        number: Int,
        plan: String,
        modelSHA256: String,
        milliseconds: Int64,
        cohort: Int? = nil
    ) {
        self.run = run
        self.number = number
        self.plan = plan
        self.modelSHA256 = modelSHA256
        self.milliseconds = milliseconds
        self.cohort = cohort
    }
}
