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
        subcommands: [
            Start.self, List.self, Show.self, Watch.self, Pause.self, Resume.self,
            CloseRound.self, Abort.self,
        ]
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
            abstract: "Every run, its status or place in the queue, its rounds, and why it failed."
        )

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting {
                for run in try await options.operation().runs() {
                    if options.json {
                        try printJSON(run)
                    } else {
                        print(run.columns.joined(separator: "\t"))
                    }
                }
            }
        }
    }

    /// `fedcoordinator run show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One run: its sites, and the roll-call of every round."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The run's id.") var run: String

        func run() async throws {
            try await reporting {
                let view = try await options.operation().view(of: try RunID(validating: run))
                if options.json { try printJSON(view) } else { print(view.page) }
            }
        }
    }
}
