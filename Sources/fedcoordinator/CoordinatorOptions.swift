import ArgumentParser
import CanonicalJSON
import CoordinatorServer
import Foundation

/// Options that every verb but `demo` has.
struct CoordinatorOptions: ParsableArguments, Sendable {
    @Option(help: "The coordinator's folder.", completion: .directory)
    var directory = "."

    @Flag(help: "Write JSON.")
    var json = false

    var folder: CoordinatorFolder {
        CoordinatorFolder(URL(filePath: directory, directoryHint: .isDirectory))
    }

    func operation() throws -> FederationOperator { try FederationOperator(folder: folder) }
}

/// Runs a verb and turns its error into words on stderr and an exit status.
func reporting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as ExitCode {
        throw error
    } catch {
        say("fedcoordinator: error: \(words(of: error))")
        throw ExitCode(exitStatus(of: error))
    }
}

/// How the program ends for an error, as the table of README.md says.
func exitStatus(of error: any Error) -> Int32 {
    switch error {
    case let error as CoordinatorError: error.exitStatus
    case is BackupError: 65
    default: 1
    }
}

/// An error in words: of a file that cannot be used, its path and why.
func words(of error: any Error) -> String {
    guard let file = error as? CocoaError else { return "\(error)" }
    let path = file.filePath.map { "\($0): " } ?? ""
    return path + file.localizedDescription
}

/// Writes a value as one line of canonical JSON.
func printJSON(_ value: some Encodable) throws {
    print(String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self))
}

/// Talks on stderr.
func say(_ line: String) {
    // A closed pipe is the reader's choice, not an error of ours.
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
}
