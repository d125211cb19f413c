import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import SiteAgent

/// The federation of a benchmark: one folder a party, and its processes, which are this program again.
struct BenchmarkFederation {
    let root: URL
    let operations: FederationOperator
    let coordinatorFolder: CoordinatorFolder

    /// How long anything may take.
    private static let patience: Duration = .seconds(3600)

    /// Makes the coordinator's folder.
    init(root: URL) throws {
        self.root = root
        coordinatorFolder = CoordinatorFolder(root.appending(path: "coordinator"))
        try FederationSetup.create(
            in: coordinatorFolder,
            settings: CoordinatorSettings(
                federation: "benchmark",
                host: "127.0.0.1",
                bind: "127.0.0.1",
                servicePort: 0,
                enrolmentPort: 0
            ),
            at: Date()
        )
        operations = try FederationOperator(folder: coordinatorFolder)
    }

    private var sites: URL { root.appending(path: "sites") }

    private func folder(of site: SiteID) -> URL { sites.appending(path: site.rawValue) }

    /// Ids of so many sites, of equal length, so that they ascend with the number.
    static func ids(_ count: Int) throws -> [SiteID] {
        try (1...count).map { try SiteID(validating: "site-\(10_000 + $0)") }
    }

    /// Begins the coordinator's process.
    func launchCoordinator() throws -> Process {
        try launch(["coordinator", coordinatorFolder.root.path])
    }

    /// Begins a process of agents, which enrol by invite and work until the run has ended.
    func launchAgents(
        of ids: [SiteID],
        enrolmentPort: Int,
        modelMB: Double,
        rounds: Int
    ) async throws -> Process {
        for id in ids {
            let folder = folder(of: id)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let invite = try await operations.invite(
                id,
                name: id.rawValue,
                enrolmentPort: enrolmentPort,
                at: Date()
            )
            try Data("\(invite)".utf8).write(to: folder.appending(path: "invite"))
        }
        return try launch(
            ["agents", sites.path, "--model-mb", "\(modelMB)", "--rounds", "\(rounds)", "--site"]
                + ids.map(\.rawValue)
        )
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
        let file = coordinatorFolder.root.appending(path: "enrolment-port")
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
    func startRun(sites: [SiteID], modelMB: Double, _ plan: BenchmarkPlan) async throws -> RunID {
        let plan = try plan.plan()
        let blobs = try BlobDirectory(folder: coordinatorFolder.blobs)
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
    ///
    /// - Returns: the most bytes that models and updates took on the coordinator's disk.
    func waitUntilEnded(
        _ run: RunID,
        _ coordinator: Process,
        _ agents: [Process]
    ) async throws -> Int {
        let store = operations.store
        var mostBytes = 0
        return try await poll("the run has ended", [coordinator]) {
            let report = try await store.report(of: run)
            if let failure = report.failure { throw BenchmarkFailure("the run failed: \(failure)") }
            if agents.contains(where: { !$0.isRunning && $0.terminationStatus != 0 }) {
                throw BenchmarkFailure("an agent failed")
            }
            mostBytes = max(mostBytes, diskBytes)
            return agents.allSatisfy { !$0.isRunning } ? mostBytes : nil
        }
    }

    /// What the coordinator's models and updates take on the disk now.
    private var diskBytes: Int {
        [coordinatorFolder.blobs, coordinatorFolder.uploads].reduce(0) { sum, folder in
            let names = FileManager.default.enumerator(atPath: folder.path)
            return (names?.compactMap { $0 as? String } ?? []).reduce(sum) { sum, name in
                var status = stat()
                let path = folder.appending(path: name).path
                return unsafe lstat(path, &status) == 0 ? sum + 512 * Int(status.st_blocks) : sum
            }
        }
    }

    /// What a site measured.
    func report(of site: SiteID) throws -> BenchmarkAgents.Report {
        let file = folder(of: site).appending(path: "report.json")
        return try JSONDecoder().decode(
            BenchmarkAgents.Report.self,
            from: try Data(contentsOf: file)
        )
    }

    private func poll<Value>(
        _ what: String,
        _ processes: [Process],
        _ look: () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if let value = try await look() { return value }
            guard processes.allSatisfy(\.isRunning) else {
                throw BenchmarkFailure("a process ended before \(what)")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchmarkFailure("waited \(Self.patience) until \(what)")
    }
}
