import CanonicalJSON
import CoordinatorServer
import CoordinatorStore
import Evaluation
import Federation
import Foundation

extension Demo {
    /// Waits until the run is over, telling of each closed round; fails at once when a child ends.
    func watch(
        _ run: RunID,
        _ operation: FederationOperator,
        sites: Int,
        children: inout ThrowingTaskGroup<Void, any Error>
    ) async throws {
        let board = board
        children.addTask { try await Self.followRounds(of: run, operation, sites, board) }
        // The first child to end decides: the follower returns when the run is over, all others only fail.
        try await children.next()
    }

    private static func followRounds(
        of run: RunID,
        _ operation: FederationOperator,
        _ sites: Int,
        _ board: ProgressBoard
    ) async throws {
        var told = 0
        var isScoring = false
        while true {
            let report = try await operation.store.report(of: run)
            let plan = try Plan.parse(json: report.planDocument)
            let closed = report.rounds.filter { $0.rollCall != nil }
            for round in closed.dropFirst(told) {
                let summary = try RunComparison.summary(of: round)
                let left = Double(plan.rounds - round.number) * summary.seconds
                await board.say(
                    "round \(round.number) of \(plan.rounds): loss "
                        + (summary.loss.map { String(format: "%.4f", $0) } ?? "unknown")
                        + ", \(summary.rollCall.contributed.count) of \(sites) sites, "
                        + "\(summary.bytes / 1024) KiB, "
                        + String(format: "%.1f s, about %.0f s left", summary.seconds, left)
                )
            }
            told = closed.count
            if told == plan.rounds, !isScoring {
                isScoring = true
                await board.say("sites train their local-only baseline and score both models")
            }
            switch report.status {
            case "completed": return
            case "failed":
                throw DemoError("the run failed: \(report.failure ?? "no reason was recorded")")
            default: try await Task.sleep(for: .milliseconds(150))
            }
        }
    }

    /// Joins what the coordinator knows with where each party's files lie, and writes `comparison.json`.
    func compare(
        _ run: RunID,
        _ operation: FederationOperator,
        _ sites: [DemoSite]
    ) async throws -> Comparison {
        let report = try await operation.store.report(of: run)
        var comparison = try RunComparison.make(
            from: report,
            data: sites.contains { $0.isSimulated } ? .simulated : .publicData
        )
        for index in comparison.sites.indices {
            let id = comparison.sites[index].id
            comparison.sites[index].egressLedger = "sites/\(id)/site.sqlite"
        }
        return comparison
    }
}
