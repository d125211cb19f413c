import CoordinatorServer
import CoordinatorStore
package import Evaluation
import Durability
import Federation
import Foundation
import Identity
import SystemPackage

/// A whole federation on this machine: real processes, real mTLS, from hospital DICOM to a compared model.
package struct Demo: Sendable {
    let options: DemoOptions
    let board: ProgressBoard
    /// The children's end of the pipe that closes with this process, however it ends.
    let lifeline: FileDescriptor

    /// Prepares a demo.
    ///
    /// - Throws: `StorageFailure` without free descriptors.
    package init(_ options: DemoOptions) throws {
        self.options = options
        board = ProgressBoard(json: options.json)
        lifeline = FileDescriptor(rawValue: try Lifeline.make().child)
    }

    var coordinatorFolder: CoordinatorFolder {
        CoordinatorFolder(options.output.appending(path: "coordinator"))
    }

    /// Runs everything and returns the comparison; every child has ended when this returns or throws.
    ///
    /// - Throws: ``DemoError``; of kind `badInput` before anything was made.
    package func run() async throws -> Comparison {
        let sites = try DemoSite.all(of: options)
        let plan = try DemoPlan.read(options)
        try options.folder.prepare()
        let ports = try makeFederation()
        await board.say(
            "made federation 'demo' of \(sites.count) sites in \(options.output.path)"
        )
        try await prepare(sites, for: plan.plan)
        let coordinator = child("coordinator", "fedcoordinator", ["serve"], coordinatorFolder.root)
        return try await Servers.running([{ try await serve(coordinator) }]) {
            try await waitUntilServing(ports)
            let operation = try FederationOperator(folder: coordinatorFolder)
            try await enrol(sites, with: operation)
            let agents = sites.map { site -> @Sendable () async throws -> Void in
                { try await serve(agent(site, ["serve"]), of: site) }
            }
            return try await Servers.running(agents) {
                let run = try await start(plan, sites, with: operation)
                try await watch(run, plan.plan, operation, sites: sites.count)
                await board.finish()
                return try await compare(run, operation, sites)
            }
        }
    }

    private func makeFederation() throws -> [Int] {
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
        return [service, enrolment]
    }

    private func serve(_ child: ChildProcess, of site: DemoSite? = nil) async throws {
        let board = board
        try await child.runSurviving { line in
            if let site { await board.take(line, from: site.id) }
        } again: { words in
            await board.say(words)
        }
        throw DemoError("\(child.name) ended before the demo", hint: "see \(child.log.path)")
    }

    private func waitUntilServing(_ ports: [Int]) async throws {
        let patience = Patience(
            .seconds(20),
            for: "the coordinator to listen on 127.0.0.1",
            hint: "see \(log("coordinator").path)"
        )
        while !ports.allSatisfy(LoopbackPort.answers) {
            try await patience.wait(.milliseconds(50))
        }
        await board.say("the coordinator listens on 127.0.0.1")
    }

    private func start(
        _ plan: DemoPlan,
        _ sites: [DemoSite],
        with operation: FederationOperator
    ) async throws -> RunID {
        let digest = try await operation.submit(planYAML: plan.text)
        let run = try await operation.startRun(
            of: digest,
            sites: try sites.map { try SiteID(validating: $0.id) }
        )
        await board.say(
            "\(run) of plan \(digest.rawValue.prefix(12)) started: \(plan.plan.rounds) rounds"
        )
        return run
    }
}
