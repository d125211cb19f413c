import Evaluation
import Foundation
import Subprocess

/// A demo in a temporary folder that is removed with this value.
final class DemoRun: Sendable {
    /// Everything of the demo.
    let folder: URL
    private let sites: URL
    private let options: [String]

    /// Prepares a demo of a folder of sites.
    init(sites: URL = Programs.hospitals, _ options: [String] = []) {
        folder = TemporaryFolder.new()
        self.sites = sites
        self.options = options
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The command as a user would type it.
    var command: Command {
        Command(
            program: "fedcoordinator",
            arguments: ["demo", "--sites", sites.path, "--output", folder.path] + options
        )
    }

    /// Runs to success.
    ///
    /// - Throws: ``ProcessFailure`` with the demo's words if it fails.
    func finished() async throws -> Command.Outcome {
        let outcome = try await command.run()
        guard outcome.status.isSuccess else {
            throw ProcessFailure("the demo ended with \(outcome.status):\n\(outcome.words)")
        }
        return outcome
    }

    /// The comparison as written.
    func comparison() throws -> Comparison {
        let data = try Data(contentsOf: folder.appending(path: "comparison.json"))
        return try Comparison(parsing: [UInt8](data))
    }

    /// Processes that still work in the folder.
    var children: [RunningProcesses.Entry] {
        RunningProcesses.naming(folder.path).filter { !$0.command.contains(" demo ") }
    }
}
