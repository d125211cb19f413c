import ArgumentParser
import CanonicalJSON
import Evaluation
import Federation
import Foundation
import Identity
import ProcessResources
import SiteAgent
import SiteStore
import WireProtocol

/// A process of agents of `benchmarks round` and `idle`: the agent's client, with a made-up update instead of training.
struct BenchmarkAgents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "The agents of `round` and `idle`.",
        shouldDisplay: false
    )

    /// What one site measured.
    struct Report: Codable {
        /// Seconds since 1970 at which each round was assigned, and last the scoring.
        var assignments: [Double] = []
        /// Seconds that each model took to arrive.
        var fetchSeconds: [Double] = []
        /// Seconds that each update took until it was acknowledged as durable.
        var uploadSeconds: [Double] = []
        /// User and system time of the process at the first assignment and at the last.
        var cpuSeconds = [0.0, 0.0]
        /// The greatest resident memory of the process.
        var peakMiB = 0.0
    }

    /// A site that has its certificate, and its update.
    private struct Enrolled: Sendable {
        let folder: SiteFolder
        let enrolment: SiteEnrolment
        let update: BenchmarkUpdate
    }

    /// Sites that make their keys and apply at the same time.
    private static let enrollingMax = 32

    @Argument(help: "The folder of the sites' folders, each with an invite.") var folder: String
    @Option(parsing: .upToNextOption, help: "The sites' ids.") var site: [String]
    @Option(help: "Size of the update in million bytes.") var modelMB: Double
    @Option(help: "Rounds to prepare updates for.") var rounds: Int

    func run() async throws {
        OpenFiles.raiseLimit()
        ProcessMemory.boundAllocator()
        let enrolled = try await enrol()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for site in enrolled { tasks.addTask { try await work(site) } }
            try await tasks.waitForAll()
        }
    }

    private func enrol() async throws -> [Enrolled] {
        try await withThrowingTaskGroup(of: Enrolled.self) { tasks in
            var enrolled: [Enrolled] = []
            for (index, id) in site.enumerated() {
                if index >= Self.enrollingMax, let one = try await tasks.next() {
                    enrolled.append(one)
                }
                tasks.addTask { try await enrol(id) }
            }
            for try await one in tasks { enrolled.append(one) }
            return enrolled
        }
    }

    private func enrol(_ id: String) async throws -> Enrolled {
        let folder = SiteFolder(URL(filePath: folder).appending(path: id))
        for needed in [folder.models, folder.outbox] {
            try FileManager.default.createDirectory(at: needed, withIntermediateDirectories: true)
        }
        let update = try BenchmarkUpdate(
            file: folder.outbox.appending(path: "update.safetensors"),
            megabytes: modelMB,
            rounds: rounds,
            seed: id.utf8.reduce(UInt64(1)) { $0 &* 31 &+ UInt64($1) }
        )
        let invite = try String(
            contentsOf: folder.root.appending(path: "invite"),
            encoding: .utf8
        )
        return Enrolled(
            folder: folder,
            enrolment: try await EnrolmentClient(folder: folder, softwareVersion: "benchmark")
                .enrol(try Invite(parsing: invite)),
            update: update
        )
    }

    private func work(_ site: Enrolled) async throws {
        // A site with a process of its own keeps its ledger, as in a hospital; a thousand in one
        // process would measure the disk of a machine that no site has.
        let ledger: any EgressLedger =
            self.site.count == 1 ? try SiteAudit.store(of: site.folder) : UnkeptLedger()
        let report = try await CoordinatorClient.connected(
            to: site.enrolment,
            folder: site.folder,
            allowList: .transport,
            ledger: ledger
        ) { client in
            try await BenchmarkSite(
                folder: site.folder,
                enrolment: site.enrolment,
                client: client,
                update: site.update
            ).work()
        }
        try JSONEncoder().encode(report).write(to: site.folder.root.appending(path: "report.json"))
    }
}

/// The ledger of simulated sites.
private struct UnkeptLedger: EgressLedger {
    func append(_ record: EgressRecord) async throws {}
    func recordRefusal(of kind: String, plan: String?, reason: String) async throws {}
}
