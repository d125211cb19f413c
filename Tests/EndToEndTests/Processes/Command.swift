import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A program of this build as a user runs it.
struct Command: Sendable {
    /// How it ended, and what it said.
    struct Outcome: Sendable {
        let status: TerminationStatus
        let output: String
        let errors: [String]

        /// What it said on stderr, for a test's comment.
        var words: String { errors.joined(separator: "\n") }
    }

    let program: String
    let arguments: [String]
    var limit: Duration = .seconds(300)

    /// Runs to the end; `line` sees every line of stderr, with the process's id.
    ///
    /// - Throws: ``ProcessFailure`` when it is not built, or not over by the limit.
    func run(
        _ line: @escaping @Sendable (_ text: String, _ process: pid_t) -> Void = { _, _ in }
    ) async throws -> Outcome {
        let url = try Programs.url(program)
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
        let heard = Lines()
        let name = "\(program) \(arguments.joined(separator: " "))"
        let platform = options
        let result = try await within(limit, name) {
            try await Subprocess.run(
                .path(FilePath(url.path)),
                arguments: Arguments(arguments),
                environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
                platformOptions: platform,
                input: .none,
                output: .string(limit: 16 << 20),
                error: .sequence
            ) { execution in
                let process = execution.processIdentifier.value
                for try await text in execution.standardError.strings() {
                    let text = text.trimmingCharacters(in: .newlines)
                    heard.add(text)
                    line(text, process)
                }
            }
        }
        return Outcome(
            status: result.terminationStatus,
            output: result.standardOutput,
            errors: heard.all
        )
    }
}

/// Lines that were heard so far.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
