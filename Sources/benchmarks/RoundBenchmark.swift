import CoordinatorServer
import Federation
import Foundation
import WireProtocol

/// Times rounds of real processes over real mTLS, without training: one coordinator, N agents that
/// enrol, fetch the global model, and upload and contribute an update of its size.
struct RoundBenchmark {
    /// What was measured.
    struct Result: Encodable {
        let sites: Int
        let modelMB: Double
        let rounds: Int

        /// The median time from a round's first assignment to the next one's.
        let secondsPerRound: Double
        let minimumSeconds: Double
        let maximumSeconds: Double

        /// The greatest resident memory of the coordinator's process since it began.
        let coordinatorPeakMiB: Double

        /// User and system time of the coordinator for one round, on average.
        let coordinatorCPUSeconds: Double

        /// The greatest resident memory of an agent.
        let agentPeakMiB: Double

        /// User and system time of an agent for one round, on average.
        let agentCPUSeconds: Double

        private enum CodingKeys: String, CodingKey {
            case sites, rounds
            case modelMB = "model_mb"
            case secondsPerRound = "seconds_per_round"
            case minimumSeconds = "minimum_seconds"
            case maximumSeconds = "maximum_seconds"
            case coordinatorPeakMiB = "coordinator_peak_mib"
            case coordinatorCPUSeconds = "coordinator_cpu_seconds"
            case agentPeakMiB = "agent_peak_mib"
            case agentCPUSeconds = "agent_cpu_seconds"
        }
    }

    var sites = 2
    var modelMB = 100.0
    var rounds = 3

    /// Runs the rounds in a temporary folder that is gone afterwards.
    func run() async throws -> Result {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "round-benchmark-\(UUID())"
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let federation = try RoundBenchmarkFederation(root: root)
        var children: [Process] = []
        defer { for child in children where child.isRunning { child.terminate() } }

        let coordinator = try federation.launchCoordinator()
        children.append(coordinator)
        let port = try await federation.enrolmentPort(of: coordinator)
        let ids = try (1...sites).map { try SiteID(validating: "site-\($0)") }
        var agents: [Process] = []
        for id in ids {
            let invite = try await federation.operations.invite(
                id,
                name: id.rawValue,
                enrolmentPort: port,
                at: Date()
            )
            agents.append(
                try federation.launchAgent(
                    id,
                    invite: "\(invite)",
                    modelMB: modelMB,
                    rounds: rounds
                )
            )
        }
        children += agents
        try await federation.waitUntilEnrolled(ids, agents)
        let before = try ProcessFigures(of: coordinator)
        let run = try await federation.startRun(sites: ids, modelMB: modelMB, rounds: rounds)
        try await federation.waitUntilEnded(run, coordinator, agents)
        let after = try ProcessFigures(of: coordinator)
        for agent in agents { agent.waitUntilExit() }
        coordinator.terminate()
        coordinator.waitUntilExit()
        return result(try ids.map(federation.report(of:)), before, after)
    }

    private func result(
        _ reports: [RoundBenchmarkAgent.Report],
        _ before: ProcessFigures,
        _ after: ProcessFigures
    ) -> Result {
        let starts = (0...rounds).map { round in
            reports.map { $0.assignments[round] }.min() ?? .nan
        }
        let seconds = zip(starts.dropFirst(), starts).map { $0 - $1 }.sorted()
        let rounds = Double(rounds)
        let agentCPU = reports.reduce(0) { $0 + $1.cpuSeconds } / Double(sites)
        return Result(
            sites: sites,
            modelMB: modelMB,
            rounds: self.rounds,
            secondsPerRound: seconds[seconds.count / 2],
            minimumSeconds: seconds[0],
            maximumSeconds: seconds[seconds.count - 1],
            coordinatorPeakMiB: after.peakMiB,
            coordinatorCPUSeconds: (after.cpuSeconds - before.cpuSeconds) / rounds,
            agentPeakMiB: reports.map(\.peakMiB).max() ?? .nan,
            agentCPUSeconds: agentCPU / rounds
        )
    }
}
