import CoordinatorServer
import CoordinatorStore
import Evaluation
import Federation
import Foundation

extension Demo {
    /// What the coordinator may take beyond the plan's own deadlines before the demo gives it up.
    private static let margin: Duration = .seconds(30)

    /// Waits until the run is over, telling of each closed round.
    ///
    /// - Throws: ``DemoError`` when the run failed, or a phase lasted longer than the plan lets it.
    func watch(
        _ run: RunID,
        _ plan: Plan,
        _ operation: FederationOperator,
        sites: Int
    ) async throws {
        var told: [RoundSummary] = []
        var phase = Phase.approval
        var patience = patience(for: phase, plan)
        while true {
            let report = try await operation.store.report(of: run)
            let closed = report.rounds.filter { $0.rollCall != nil }
            for round in closed.dropFirst(told.count) {
                told.append(try RunComparison.summary(of: round, in: report))
                await board.say(RoundLine(told, of: plan, sites: sites).text)
            }
            if report.status == "completed" { return }
            if report.status == "failed" { throw failure(of: report) }
            let next = Phase(report, closed: closed.count, of: plan.rounds)
            if next != phase {
                if phase == .approval { await tellOfRefusals(in: report) }
                phase = next
                patience = self.patience(for: phase, plan)
                if phase == .scoring { await board.say(RoundLine.scoring(plan)) }
            }
            try await patience.wait(.milliseconds(100))
        }
    }

    /// What a run that is not over waits for.
    private enum Phase: Hashable {
        case approval
        case round(Int)
        case scoring

        init(_ report: RunReport, closed: Int, of rounds: Int) {
            if closed == rounds {
                self = .scoring
            } else if report.rounds.isEmpty {
                self = .approval
            } else {
                self = .round(closed + 1)
            }
        }
    }

    private func patience(for phase: Phase, _ plan: Plan) -> Patience {
        let (seconds, reason) =
            switch phase {
            case .approval: (plan.deadlineSeconds, "the sites to answer the plan")
            case .round(let number):
                (plan.deadlineSeconds, "round \(number) of \(plan.rounds) to close")
            case .scoring: (plan.scoreDeadlineSeconds, "the sites to score the final model")
            }
        return Patience(
            .seconds(seconds) + Self.margin,
            for: reason,
            hint: "the plan gives them \(seconds) s; see \(log("coordinator").path)"
        )
    }

    private func tellOfRefusals(in report: RunReport) async {
        for refusal in Self.refusals(in: report) { await board.say(refusal) }
    }

    /// A sentence for each site that declined the plan or did not answer it in time: nobody is left out in silence.
    private static func refusals(in report: RunReport) -> [String] {
        report.sites.compactMap { site in
            guard let answer = report.answers[site.id] else {
                return "\(site.id) did not answer the plan and takes no part"
            }
            guard answer.decision == "declined" else { return nil }
            return "\(site.id) declined the plan and takes no part: \(answer.reason)"
        }
    }

    private func failure(of report: RunReport) -> DemoError {
        DemoError(
            "the run failed: \(report.failure ?? "no reason was recorded")",
            hint: "see \(log("coordinator").path) and the sites' logs beside it"
        )
    }

    /// Joins what the coordinator knows with where each party's files lie.
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
        comparison.notes += Self.refusals(in: report).map { "Site \($0)." }
        for index in comparison.sites.indices {
            let id = comparison.sites[index].id
            comparison.sites[index].egressLedger = "sites/\(id)/site.sqlite"
        }
        return comparison
    }
}
