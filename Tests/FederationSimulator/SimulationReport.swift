/// How a simulated run ended, and what it had to go through.
package struct SimulationReport: Sendable, Hashable {
    /// How it ended.
    package enum Ending: String, Sendable, Hashable, CaseIterable {
        /// With a final model.
        case completed
        /// With a failure and its reason.
        case failed
        /// Sites refused to go on with a coordinator that came back with an older history.
        case refusedOlderHistory
    }

    /// How it ended.
    package var ending: Ending
    /// Events that were processed.
    package var events = 0
    /// How often the coordinator died.
    package var coordinatorCrashes = 0
    /// How often a site died.
    package var siteCrashes = 0
    /// Messages that were lost.
    package var lost = 0
    /// Messages that arrived twice.
    package var repeated = 0
    /// Updates that were acknowledged.
    package var acknowledged = 0
    /// Contributions that were counted a round late.
    package var countedLate = 0
    /// Contributions that asynchronous runs counted in a later round than they were trained in.
    package var countedStale = 0
    /// Whether the run stopped before its last round.
    package var stoppedEarly = false
    /// Whether every round had every site, so that the result is that of an undisturbed run.
    package var isUndisturbed = false
}
