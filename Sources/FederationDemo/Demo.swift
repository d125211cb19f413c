import Identity
import CoordinatorServer
import CoordinatorStore
package import Evaluation
import Federation
import Foundation

/// A whole federation on this machine: real processes, real mTLS, from hospital DICOM to a compared model.
package struct Demo: Sendable {
    let options: DemoOptions
    let board: ProgressBoard

    /// Prepares a demo.
    package init(_ options: DemoOptions) {
        self.options = options
        board = ProgressBoard(json: options.json)
    }

    private var coordinatorFolder: CoordinatorFolder {
        CoordinatorFolder(options.output.appending(path: "coordinator"))
    }

    /// Runs everything and returns the comparison; every child has ended when this returns or throws.
    package func run() async throws -> Comparison {
        try prepareOutput()
        let sites = try DemoSite.all(in: options.sites, output: options.output)
        let plan = try planText()
        let (service, enrolment) = try LoopbackPort.freePair()
        try FederationSetup.create(
            in: coordinatorFolder,
            settings: CoordinatorSettings(
                federation: "demo",
                host: "127.0.0.1",
                bind: "127.0.0.1",
                servicePort: service,
                enrolmentPort: enrolment
            ),
            at: Date()
        )
        await board.say("made federation 'demo' in \(options.output.path)")
        try await prepare(sites)
        return try await withThrowingTaskGroup(of: Void.self) { children in
            defer { children.cancelAll() }
            children.addTask { try await serveCoordinator() }
            try await waitUntilServing([service, enrolment], children: &children)
            let operation = try FederationOperator(folder: coordinatorFolder)
            try await enrol(sites, with: operation)
            for site in sites { children.addTask { try await serve(site) } }
            let run = try await start(plan, sites, with: operation)
            try await watch(run, operation, sites: sites.count, children: &children)
            let comparison = try await compare(run, operation, sites)
            await board.finish()
            children.cancelAll()
            while let _ = await children.nextResult() {}
            return comparison
        }
    }

    private func prepareOutput() throws {
        let manager = FileManager.default
        let entries = (try? manager.contentsOfDirectory(atPath: options.output.path)) ?? []
        guard entries.isEmpty else {
            throw DemoError(
                "\(options.output.path) is not empty",
                hint: "name a new folder with --output, or remove that one"
            )
        }
        try manager.createDirectory(
            at: options.output.appending(path: "logs"),
            withIntermediateDirectories: true
        )
    }

    private func planText() throws -> String {
        let url = options.sites.appending(path: "plan.yaml")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw DemoError("\(url.path) cannot be read", hint: "a demo needs a plan.yaml")
        }
        return try DemoPlan(text).changed(rounds: options.rounds, seed: options.seed)
    }

    /// Makes, simulates and de-identifies the sites, two at a time.
    private func prepare(_ sites: [DemoSite]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, site) in sites.enumerated() {
                if index >= 2 { try await group.next() }
                group.addTask { try await prepare(site) }
            }
            try await group.waitForAll()
        }
        await board.say("\(sites.count) sites de-identified their images")
    }

    private func prepare(_ site: DemoSite) async throws {
        var arguments = ["init", "--profile", site.profile.path]
        if let data = options.data { arguments += ["--data", data.path] }
        try await agent(site, arguments)
        if site.isSimulated {
            let seed = options.seed ?? 1
            try await agent(site, ["source", "simulate", "--seed", "\(seed)"])
        }
        try await agent(site, ["cohort", "build"])
    }

    private func agent(_ site: DemoSite, _ arguments: [String]) async throws {
        let board = board
        try await ChildProcess(
            program: options.programs.appending(path: "fedagent"),
            arguments: arguments + ["--directory", site.folder.path, "--json"],
            log: log(site.id)
        ).run { await board.take($0, from: site.id) }
    }

    private func log(_ party: String) -> URL {
        options.output.appending(path: "logs/\(party).log")
    }

    private func serveCoordinator() async throws {
        try await ChildProcess(
            program: options.programs.appending(path: "fedcoordinator"),
            arguments: ["serve", "--directory", coordinatorFolder.root.path],
            log: log("coordinator")
        ).run()
        throw DemoError("the coordinator ended", hint: "see \(log("coordinator").path)")
    }

    private func serve(_ site: DemoSite) async throws {
        try await agent(site, ["serve"])
        throw DemoError("the agent of \(site.id) ended", hint: "see \(log(site.id).path)")
    }

    private func waitUntilServing(
        _ ports: [Int],
        children: inout ThrowingTaskGroup<Void, any Error>
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while !ports.allSatisfy(LoopbackPort.answers) {
            guard ContinuousClock.now < deadline else {
                throw DemoError(
                    "waited 20 s for the coordinator to listen",
                    hint: "see \(log("coordinator").path)"
                )
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        await board.say("the coordinator listens on 127.0.0.1")
    }

    private func enrol(_ sites: [DemoSite], with operation: FederationOperator) async throws {
        for site in sites {
            let invite = try await operation.invite(
                try SiteID(validating: site.id),
                name: site.name,
                at: Date()
            )
            try await agent(site, ["enroll", invite.description])
        }
        await board.say("\(sites.count) sites enrolled by invite, TLS 1.3 both ways")
    }

    private func start(
        _ plan: String,
        _ sites: [DemoSite],
        with operation: FederationOperator
    ) async throws -> RunID {
        let digest = try await operation.submit(planYAML: plan)
        let run = try await operation.startRun(
            of: digest,
            sites: try sites.map { try SiteID(validating: $0.id) }
        )
        await board.say("\(run) of plan \(digest.rawValue.prefix(12)) started")
        return run
    }
}
