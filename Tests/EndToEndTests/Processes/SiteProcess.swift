import Foundation
import Subprocess

/// A site of its own whose admin types commands.
final class SiteProcess: Sendable {
    /// The site's folder.
    let folder: URL
    private let root: URL

    /// Makes the site of a simulated hospital; `key` is another site's, to be compared with.
    init(of hospital: String, key: URL? = nil) async throws {
        root = TemporaryFolder.new()
        folder = root.appending(path: "site", directoryHint: .isDirectory)
        let profile = Programs.hospitals.appending(path: "\(hospital)/site.yaml").path
        let shared = key.map { ["--deidentification-key", $0.path] } ?? []
        _ = try await succeed(["init", "--profile", profile] + shared)
        _ = try await succeed(["source", "simulate", "--seed", "1"])
    }

    /// The secret behind pseudonyms.
    var key: URL { folder.appending(path: "keys/deidentification.key") }

    /// The simulated hospital's export.
    var hospital: URL { folder.appending(path: "hospital") }

    /// Runs a verb of `fedagent` on the site.
    func run(
        _ arguments: [String],
        inSite: Bool = true,
        _ line: @escaping @Sendable (String, pid_t) -> Void = { _, _ in }
    ) async throws -> Command.Outcome {
        try await Command(
            program: "fedagent",
            arguments: arguments + (inSite ? ["--directory", folder.path] : []),
            limit: .seconds(120)
        ).run(line)
    }

    /// Runs a verb that must not fail, and returns what it wrote to stdout.
    func succeed(_ arguments: [String], inSite: Bool = true) async throws -> String {
        let outcome = try await run(arguments, inSite: inSite)
        guard outcome.status.isSuccess else {
            throw ProcessFailure("\(arguments) ended with \(outcome.status):\n\(outcome.words)")
        }
        return outcome.output
    }

    /// A file beside the site.
    func scratch(_ name: String) -> URL { root.appending(path: name) }
}
