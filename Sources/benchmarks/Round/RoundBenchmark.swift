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
        let processes: Int
        let modelMB: Double
        let rounds: Int
        let strategy: String

        /// The median time from a round's first assignment to the next one's.
        let secondsPerRound: Double
        let minimumSeconds: Double
        let maximumSeconds: Double

        /// The median rate at which a model arrived at a site, in million bytes a second.
        let fetchMBPerSecond: Double
        /// The same of an update, until it was acknowledged as durable.
        let uploadMBPerSecond: Double

        /// The greatest resident memory of the coordinator's process since it began.
        let coordinatorPeakMiB: Double

        /// User and system time of the coordinator for one round, on average.
        let coordinatorCPUSeconds: Double

        /// The most that models and updates took on the coordinator's disk, in million bytes.
        let coordinatorDiskMB: Double

        /// The greatest resident memory of a process of agents.
        let agentPeakMiB: Double

        /// User and system time of a process of agents for one round, on average.
        let agentCPUSeconds: Double

        private enum CodingKeys: String, CodingKey {
            case sites, processes, rounds, strategy
            case modelMB = "model_mb"
            case secondsPerRound = "seconds_per_round"
            case minimumSeconds = "minimum_seconds"
            case maximumSeconds = "maximum_seconds"
            case fetchMBPerSecond = "fetch_mb_per_second"
            case uploadMBPerSecond = "upload_mb_per_second"
            case coordinatorPeakMiB = "coordinator_peak_mib"
            case coordinatorCPUSeconds = "coordinator_cpu_seconds"
            case coordinatorDiskMB = "coordinator_disk_mb"
            case agentPeakMiB = "agent_peak_mib"
            case agentCPUSeconds = "agent_cpu_seconds"
        }
    }

    /// What the coordinator used.
    private struct Coordinator {
        let before: ProcessFigures
        let after: ProcessFigures
        let diskBytes: Int
    }

    var sites = 2
    var processes = 2
    var modelMB = 100.0
    var rounds = 5
    var strategy = "fedavg"

    /// Runs the rounds in a temporary folder that is gone afterwards.
    func run() async throws -> Result {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "round-benchmark-\(UUID())"
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let federation = try BenchmarkFederation(root: root)
        var children: [Process] = []
        defer { for child in children where child.isRunning { child.terminate() } }

        let coordinator = try federation.launchCoordinator()
        children.append(coordinator)
        let port = try await federation.enrolmentPort(of: coordinator)
        let ids = try BenchmarkFederation.ids(sites)
        let shares = shares(of: ids)
        for share in shares {
            children.append(
                try await federation.launchAgents(
                    of: share,
                    enrolmentPort: port,
                    modelMB: modelMB,
                    rounds: rounds
                )
            )
        }
        let agents = Array(children.dropFirst())
        try await federation.waitUntilEnrolled(ids, agents)
        let before = try ProcessFigures(of: coordinator)
        let run = try await federation.startRun(
            sites: ids,
            modelMB: modelMB,
            BenchmarkPlan(sites: sites, rounds: rounds, strategy: strategy)
        )
        let diskBytes = try await federation.waitUntilEnded(run, coordinator, agents)
        let after = try ProcessFigures(of: coordinator)
        coordinator.terminate()
        coordinator.waitUntilExit()
        return result(
            try shares.map { try $0.map(federation.report(of:)) },
            Coordinator(before: before, after: after, diskBytes: diskBytes)
        )
    }

    /// The sites of each process.
    private func shares(of ids: [SiteID]) -> [[SiteID]] {
        (0..<processes).map { number in
            Array(ids[sites * number / processes..<sites * (number + 1) / processes])
        }
    }

    private func result(
        _ reports: [[BenchmarkAgents.Report]],
        _ coordinator: Coordinator
    ) -> Result {
        let all = reports.flatMap(\.self)
        let starts = (0...rounds).map { round in all.map { $0.assignments[round] }.min() ?? .nan }
        let seconds = zip(starts.dropFirst(), starts).map { $0 - $1 }.sorted()
        let agentCPU = reports.map { process in
            (process.map { $0.cpuSeconds[1] }.max() ?? .nan)
                - (process.map { $0.cpuSeconds[0] }.min() ?? .nan)
        }
        return Result(
            sites: sites,
            processes: processes,
            modelMB: modelMB,
            rounds: rounds,
            strategy: strategy,
            secondsPerRound: seconds[seconds.count / 2],
            minimumSeconds: seconds[0],
            maximumSeconds: seconds[seconds.count - 1],
            fetchMBPerSecond: modelMB / Self.median(all.flatMap(\.fetchSeconds)),
            uploadMBPerSecond: modelMB / Self.median(all.flatMap(\.uploadSeconds)),
            coordinatorPeakMiB: coordinator.after.peakMiB,
            coordinatorCPUSeconds: (coordinator.after.cpuSeconds - coordinator.before.cpuSeconds)
                / Double(rounds),
            coordinatorDiskMB: Double(coordinator.diskBytes) / 1e6,
            agentPeakMiB: all.map(\.peakMiB).max() ?? .nan,
            agentCPUSeconds: agentCPU.reduce(0, +) / Double(processes * rounds)
        )
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
