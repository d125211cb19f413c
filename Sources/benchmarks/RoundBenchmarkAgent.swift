import ArgumentParser
import CanonicalJSON
import Evaluation
import Federation
import Foundation
import Identity
import SiteAgent
import SiteStore
import WireProtocol

/// An agent's process of `benchmarks round`: the agent's client, with a made-up update instead of training.
struct RoundBenchmarkAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "round-agent",
        abstract: "An agent of `round`.",
        shouldDisplay: false
    )

    /// What an agent measured.
    struct Report: Codable {
        /// Seconds since 1970 at which each round was assigned, and last the scoring.
        var assignments: [Double] = []
        /// User and system time over all rounds.
        var cpuSeconds = 0.0
        /// The greatest resident memory.
        var peakMiB = 0.0
    }

    @Argument(help: "The site's folder.") var folder: String
    @Option(help: "The invite.") var invite: String
    @Option(help: "Size of the update in million bytes.") var modelMB: Double
    @Option(help: "Rounds to prepare updates for.") var rounds: Int

    func run() async throws {
        let folder = SiteFolder(URL(filePath: folder))
        for needed in [folder.models, folder.outbox] {
            try FileManager.default.createDirectory(at: needed, withIntermediateDirectories: true)
        }
        let update = try BenchmarkUpdate(
            file: folder.outbox.appending(path: "update.safetensors"),
            megabytes: modelMB,
            rounds: rounds,
            seed: folder.root.path.utf8.reduce(UInt64(1)) { $0 &* 31 &+ UInt64($1) }
        )
        let enrolment = try await EnrolmentClient(folder: folder, softwareVersion: "benchmark")
            .enrol(try Invite(parsing: invite))
        let store = try SiteAudit.store(of: folder)
        let report = try await CoordinatorClient.connected(
            to: enrolment,
            folder: folder,
            allowList: .transport,
            ledger: store
        ) { client in
            try await RoundBenchmarkSite(
                folder: folder,
                enrolment: enrolment,
                client: client,
                update: update
            ).work()
        }
        try JSONEncoder().encode(report).write(to: folder.root.appending(path: "report.json"))
    }
}
