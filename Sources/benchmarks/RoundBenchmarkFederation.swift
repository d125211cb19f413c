import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import SiteAgent

/// The federation of a benchmark: one folder a party, and its processes, which are this program again.
struct RoundBenchmarkFederation {
    let root: URL
    let operations: FederationOperator

    /// Makes the coordinator's folder.
    init(root: URL) throws {
        self.root = root
        let folder = Self.coordinator(root)
        try FederationSetup.create(
            in: folder,
            settings: CoordinatorSettings(
                federation: "benchmark",
                host: "127.0.0.1",
                bind: "127.0.0.1",
                servicePort: 0,
                enrolmentPort: 0
            ),
            at: Date()
        )
        operations = try FederationOperator(folder: folder)
    }

    private static func coordinator(_ root: URL) -> CoordinatorFolder {
        CoordinatorFolder(root.appending(path: "coordinator"))
    }

    private func folder(of site: SiteID) -> URL {
        root.appending(path: "sites").appending(path: site.rawValue)
    }

    /// Begins the coordinator's process.
    func launchCoordinator() throws -> Process {
        try launch(["round-coordinator", root.appending(path: "coordinator").path])
    }

    /// Begins an agent's process, which enrols by the invite and works until the run has ended.
    func launchAgent(
        _ site: SiteID,
        invite: String,
        modelMB: Double,
        rounds: Int
    ) throws -> Process {
        let folder = folder(of: site)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try launch([
            "round-agent", folder.path, "--invite", invite, "--model-mb", "\(modelMB)", "--rounds",
            "\(rounds)",
        ])
    }

    private func launch(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        try process.run()
        return process
    }

    /// The port that the coordinator says it takes enrolments on.
    func enrolmentPort(of coordinator: Process) async throws -> Int {
        let file = root.appending(path: "coordinator/enrolment-port")
        return try await poll("the coordinator listens", [coordinator]) {
            (try? String(contentsOf: file, encoding: .utf8)).flatMap { Int($0) }
        }
    }

    /// Approves every site that applies, and waits until each has its certificate.
    func waitUntilEnrolled(_ sites: [SiteID], _ agents: [Process]) async throws {
        let store = operations.store
        _ = try await poll("every site is enrolled", agents) {
            for applicant in try await operations.applicants(at: Date())
            where applicant.approvalsMissing > 0 {
                _ = try await operations.approve(applicant, by: "benchmark")
            }
            let active = try await store.activeSites()
            return Set(sites).isSubset(of: active) ? true : nil
        }
    }

    /// Queues a run over a model of the given size.
    func startRun(sites: [SiteID], modelMB: Double, rounds: Int) async throws -> RunID {
        let plan = try BenchmarkPlan(sites: sites.count, rounds: rounds).plan()
        let blobs = try BlobDirectory(folder: Self.coordinator(root).blobs)
        let scratch = blobs.scratch("initial")
        let digest = try BenchmarkModel(megabytes: modelMB).write(to: scratch, seed: 0)
        try blobs.adopt(scratch, as: digest)
        try await operations.store.submitPlan(
            plan.sha256,
            name: plan.name,
            document: plan.canonicalBytes,
            initialModel: digest
        )
        return try await operations.startRun(of: plan.sha256, sites: sites)
    }

    /// Waits until the run has ended and every agent has written its report.
    func waitUntilEnded(_ run: RunID, _ coordinator: Process, _ agents: [Process]) async throws {
        let store = operations.store
        _ = try await poll("the run has ended", [coordinator]) {
            let report = try await store.report(of: run)
            if let failure = report.failure { throw BenchmarkFailure("the run failed: \(failure)") }
            if agents.contains(where: { !$0.isRunning && $0.terminationStatus != 0 }) {
                throw BenchmarkFailure("an agent failed")
            }
            return agents.allSatisfy { !$0.isRunning } ? true : nil
        }
    }

    /// What a site's agent measured.
    func report(of site: SiteID) throws -> RoundBenchmarkAgent.Report {
        let file = folder(of: site).appending(path: "report.json")
        return try JSONDecoder().decode(
            RoundBenchmarkAgent.Report.self,
            from: try Data(contentsOf: file)
        )
    }

    private func poll<Value>(
        _ what: String,
        _ processes: [Process],
        _ look: () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(600)
        while ContinuousClock.now < deadline {
            if let value = try await look() { return value }
            guard processes.allSatisfy(\.isRunning) else {
                throw BenchmarkFailure("a process ended before \(what)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchmarkFailure("waited 600 s until \(what)")
    }
}
