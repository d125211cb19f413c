import Foundation
import Subprocess
import SystemPackage

/// A program of this package as a child: its stdout as lines, its stderr in a log file, ended with the task that runs it.
struct ChildProcess: Sendable {
    let program: URL
    let arguments: [String]
    let log: URL

    /// Runs to the end, handing every line of stdout to `line`.
    ///
    /// - Throws: ``DemoError`` naming the program and its log when it ends with another status than 0.
    func run(_ line: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
        let name = program.lastPathComponent
        let descriptor = try FileDescriptor.open(
            FilePath(log.path),
            .writeOnly,
            options: [.create, .append],
            permissions: .ownerReadWrite
        )
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        let result = try await Subprocess.run(
            .path(FilePath(program.path)),
            arguments: Arguments(arguments),
            environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
            platformOptions: options,
            input: .none,
            output: .sequence,
            error: .fileDescriptor(descriptor, closeAfterSpawningProcess: true)
        ) { execution in
            for try await text in execution.standardOutput.strings() { await line(text) }
        }
        try Task.checkCancellation()
        guard result.terminationStatus.isSuccess else {
            throw DemoError(
                "\(name) \(arguments.first ?? "") ended with \(result.terminationStatus)",
                hint: "its last words are in \(log.path):\n\(lastWords)"
            )
        }
    }

    private var lastWords: String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }
}
