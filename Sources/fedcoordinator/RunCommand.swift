import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation

/// `fedcoordinator run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs of plans.",
        subcommands: [Start.self, List.self]
    )

    /// `fedcoordinator run start`.
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask sites to approve a plan and train it; `serve` takes the run up."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The plan's SHA-256, as `plan submit` printed it.") var plan: String
        @Option(help: "The sites, with commas; all active ones if left out.") var sites: String?

        func run() async throws {
            try await reporting {
                let operation = try options.operation()
                let named = try sites?.split(separator: ",").map {
                    try SiteID(validating: String($0))
                }
                let active = try await operation.store.activeSites()
                print(
                    try await operation.startRun(
                        of: try SHA256Digest(validating: plan),
                        sites: named ?? active
                    )
                )
            }
        }
    }

    /// `fedcoordinator run list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every run, its status, its rounds, and why it failed."
        )

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting {
                let store = try options.operation().store
                for id in try await store.runIDs() {
                    let report = try await store.report(of: id)
                    let closed = report.rounds.count { $0.rollCall != nil }
                    print(
                        id,
                        report.status,
                        "\(closed) rounds",
                        report.model ?? report.failure ?? "-",
                        separator: "\t"
                    )
                }
            }
        }
    }
}
