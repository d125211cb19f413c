import ArgumentParser
import CanonicalJSON
import Foundation

/// `benchmarks idle`.
struct IdleBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle",
        abstract: "What a coordinator and an agent use while they wait for work.",
        discussion: """
            The coordinator serves simulated sites, all in one process, whose long-polls are open; the \
            agent is the program `fedagent serve` with a small cohort. "Resident" counts the pages of \
            programs and libraries, which all processes of a machine share; "own" does not.

              benchmarks idle --sites 200
            """
    )

    /// What was measured.
    struct Result: Encodable {
        let sites: Int
        let seconds: Int
        let coordinatorMiB: Double
        let coordinatorOwnMiB: Double
        let coordinatorPeakMiB: Double
        /// User and system time of the coordinator in a minute.
        let coordinatorCPUSecondsPerMinute: Double
        let agentMiB: Double
        let agentOwnMiB: Double
        let agentPeakMiB: Double

        private enum CodingKeys: String, CodingKey {
            case sites, seconds
            case coordinatorMiB = "coordinator_mib"
            case coordinatorOwnMiB = "coordinator_own_mib"
            case coordinatorPeakMiB = "coordinator_peak_mib"
            case coordinatorCPUSecondsPerMinute = "coordinator_cpu_seconds_per_minute"
            case agentMiB = "agent_mib"
            case agentOwnMiB = "agent_own_mib"
            case agentPeakMiB = "agent_peak_mib"
        }
    }

    @Option(help: "Simulated sites that wait.") var sites = 200
    @Option(help: "Seconds of waiting before memory is read.") var seconds = 90
    @Option(help: "The agent's program; the one beside this if not given.") var fedagent: String?
    @Flag(help: "Write one JSON object.") var json = false

    func validate() throws {
        guard (1...1000).contains(sites), seconds >= 1 else {
            throw ValidationError("--sites is 1 to 1000, --seconds at least 1")
        }
    }

    func run() async throws {
        let result = try await measure()
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
        } else {
            print(
                "\(sites) sites wait: coordinator \(result.coordinatorMiB) MiB"
                    + " (\(result.coordinatorOwnMiB) its own),"
                    + " \(result.coordinatorCPUSecondsPerMinute) CPU-s a minute;"
                    + " agent \(result.agentMiB) MiB (\(result.agentOwnMiB) its own)"
            )
        }
    }

    private func measure() async throws -> Result {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "idle-benchmark-\(UUID())"
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let federation = try BenchmarkFederation(root: root)
        var children: [Process] = []
        defer { Self.end(children) }

        let coordinator = try federation.launchCoordinator()
        children.append(coordinator)
        let port = try await federation.enrolmentPort(of: coordinator)
        let ids = try BenchmarkFederation.ids(sites)
        let agents = try await federation.launchAgents(
            of: ids,
            enrolmentPort: port,
            modelMB: 0.001,
            rounds: 1
        )
        children.append(agents)
        try await federation.waitUntilEnrolled(ids, [agents])
        let site = IdleSite(program: program, folder: root.appending(path: "agent"))
        let agent = try await site.serve(in: federation, enrolmentPort: port)
        children.append(agent)

        let before = try ProcessFigures(of: coordinator)
        try await Task.sleep(for: .seconds(seconds))
        guard children.allSatisfy(\.isRunning) else {
            throw BenchmarkFailure("a process ended while it waited")
        }
        let (after, own) = (try ProcessFigures(of: coordinator), try ProcessFigures(of: agent))
        return Result(
            sites: sites,
            seconds: seconds,
            coordinatorMiB: after.residentMiB,
            coordinatorOwnMiB: after.ownMiB,
            coordinatorPeakMiB: after.peakMiB,
            coordinatorCPUSecondsPerMinute: (after.cpuSeconds - before.cpuSeconds) * 60
                / Double(seconds),
            agentMiB: own.residentMiB,
            agentOwnMiB: own.ownMiB,
            agentPeakMiB: own.peakMiB
        )
    }

    private var program: URL {
        fedagent.map { URL(filePath: $0) }
            ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "fedagent")
    }

    private static func end(_ children: [Process]) {
        for child in children.reversed() where child.isRunning {
            child.terminate()
            child.waitUntilExit()
        }
    }
}
