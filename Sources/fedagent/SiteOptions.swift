import ArgumentParser
import Foundation
import SiteAgent
import SiteStore

enum Version {
    static let text = SoftwareVersion.current
}

/// Options that every verb has.
struct SiteOptions: ParsableArguments, Sendable {
    @Option(help: "The site's folder.", completion: .directory)
    var directory = "."

    @Flag(help: "Write one JSON object a line.")
    var json = false

    var folder: SiteFolder { SiteFolder(URL(filePath: directory, directoryHint: .isDirectory)) }

    /// Prints one answer: as JSON if asked for, else as text.
    func show(_ value: some Encodable, as text: String) throws {
        if json { try Terminal.printJSON(value) } else { Terminal.show(text) }
    }

    /// The database of an initialized site.
    func store() throws -> SiteStore {
        guard FileManager.default.fileExists(atPath: folder.profile.path) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.root.path) is not a site's folder",
                hint: "run `fedagent init` first, or name the folder with --directory"
            )
        }
        return try SiteAudit.store(of: folder)
    }
}

/// Runs a verb and turns its error into words on stderr and an exit status.
func reporting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as AgentError {
        Terminal.fail("\(error.message)", hint: error.hint)
        throw ExitCode(error.code.exitStatus)
    } catch let error as ExitCode {
        throw error
    } catch {
        Terminal.fail("\(error)", hint: nil)
        throw ExitCode.failure
    }
}
