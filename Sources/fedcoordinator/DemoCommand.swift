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
            unless --keep is given; after a failure it stays. Ctrl-C ends every child process.

            The de-identification keys of the demo's sites follow from their ids, so that the same
            seed gives the same model: its de-identified files are for this machine, not for
            passing on.
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
        // A reader that goes away must not end the demo before its children.
        signal(SIGPIPE, SIG_IGN)
        do {
            let place = DemoFolder(output: output.map(Self.folder), keep: keep)
            let options = DemoOptions(
                sites: Self.folder(sites),
                data: data.map(Self.folder),
                folder: place,
                rounds: rounds,
                seed: seed,
                json: json,
                programs: try DemoReport.programs()
            )
            let report = DemoReport(options: options, width: Terminal.standardOutput.columns)
            try await place.using { try await Interruptible.run { try await report.run() } }
        } catch {
            say("fedcoordinator: error: \(error)")
            throw ExitCode((error as? DemoError)?.exitStatus ?? 1)
        }
    }

    private static func folder(_ path: String) -> URL {
        URL(filePath: path, directoryHint: .isDirectory)
    }
}
