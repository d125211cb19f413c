import ArgumentParser
import Evaluation
import FederationDemo
import Foundation

/// `fedcoordinator demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a whole federation on this machine and compare its sites.",
        discussion: """
            Without --output everything happens in a temporary folder, which is removed at the end
            unless --keep is given. Ctrl-C ends every child process.
            """
    )

    @Option(help: "The folder with <site>/site.yaml and plan.yaml.", completion: .directory)
    var sites = "Sites"
    @Option(help: "Where the paths of the profiles begin.", completion: .directory)
    var data: String?
    @Option(help: "An empty or new folder for everything.", completion: .directory)
    var output: String?
    @Option(help: "The number of rounds, instead of the plan's.") var rounds: Int?
    @Option(help: "The seed, instead of the plan's.") var seed: UInt64?
    @Flag(help: "Keep the temporary folder.") var keep = false
    @Flag(help: "Progress as JSON lines on stderr, the comparison as JSON on stdout.")
    var json = false

    func run() async throws {
        try await reporting {
            let folder = output.map { URL(filePath: $0, directoryHint: .isDirectory) }
            let place = try DemoFolder(output: folder, keep: keep)
            try await place.using { output in
                try await Interruptible.run {
                    try await DemoReport(
                        options: DemoOptions(
                            sites: URL(filePath: sites, directoryHint: .isDirectory),
                            data: data.map { URL(filePath: $0, directoryHint: .isDirectory) },
                            output: output,
                            rounds: rounds,
                            seed: seed,
                            json: json,
                            programs: try DemoReport.programs()
                        )
                    ).run()
                }
            }
        }
    }
}
