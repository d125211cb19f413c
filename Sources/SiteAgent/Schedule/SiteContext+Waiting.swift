import Federation
import Foundation
import Training
import WireProtocol

extension SiteContext {
    /// Waits until the hours of the site's policy, and then those of transfers, let results leave.
    func untilResultsMayLeave() async throws {
        try await schedule.untilOpen(.results, hours: { try await policy().hours }) { until in
            emit(.waiting(for: "policy.yaml: results may leave from \(until.formatted(.iso8601))"))
        }
        try await untilTransfersMayRun()
    }

    /// Waits until models and updates may move.
    func untilTransfersMayRun() async throws {
        try await schedule.untilOpen(.transfer) { until in
            emit(.waiting(for: "site.yaml: transfers from \(until.formatted(.iso8601))"))
        }
    }

    /// Computes within the training hours; what their end stops goes on from its checkpoint later.
    func compute<Value: Sendable>(
        named name: String,
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        while true {
            try await schedule.untilOpen(.training) { until in
                emit(.waiting(for: "site.yaml: training from \(until.formatted(.iso8601))"))
            }
            do {
                return try await ComputeThread.run(named: name) { _ in try body() }
            } catch is TrainingHoursEnded {
                continue
            }
        }
    }

    /// Whether the site stays out of a round because its own hours begin after the round's end.
    ///
    /// Only where the round would close without it: who is waited for, or counted late, goes on.
    func isOutsideHours(_ plan: Plan, remainingSeconds: Int) async throws -> Bool {
        guard plan.stragglers == .close else { return false }
        let results = try await policy().hours.opening(from: Date())
        let opening = [results, schedule.opening()].compactMap { $0 }.max()
        return opening.map { $0.timeIntervalSinceNow > Double(remainingSeconds) } ?? false
    }
}
