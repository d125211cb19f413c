/// Where a run is.
package enum RunStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Started by the operator, not yet taken up.
    case queued
    /// Waits for the sites' answers to the plan.
    case waiting
    /// Its rounds or its scoring are under way.
    case running
    /// It ended with a final model.
    case completed
    /// It ended without one.
    case failed
}
