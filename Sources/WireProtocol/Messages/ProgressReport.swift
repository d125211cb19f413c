package import Federation

/// Where a site is within its work; also its heartbeat (Protocol.md section 5.10).
package struct ProgressReport: Sendable, Hashable, Codable {
    /// The steps of a site's work.
    package enum Phase: String, Sendable, Hashable, Codable {
        case fetching
        case training
        case uploading
        case scoring
        case baseline
        /// By the site's own schedule, until the time that the report names.
        case waiting
    }

    /// The run.
    package let runID: RunID
    /// The round; the last one while scoring.
    package let round: RoundNumber
    /// The step.
    package let phase: Phase
    /// How far the step is, 0 to 1.
    package let fraction: Double
    /// The mean loss so far, while training.
    package let meanLoss: Double?

    /// While waiting: until when, milliseconds since 1970.
    package let untilMilliseconds: Int64?

    /// Makes a report.
    package init(
        runID: RunID,
        round: RoundNumber,
        phase: Phase,
        fraction: Double,
        meanLoss: Double? = nil,
        untilMilliseconds: Int64? = nil
    ) {
        self.runID = runID
        self.round = round
        self.phase = phase
        self.fraction = fraction
        self.meanLoss = meanLoss
        self.untilMilliseconds = untilMilliseconds
    }
}
