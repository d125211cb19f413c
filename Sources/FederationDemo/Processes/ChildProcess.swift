import Durability
import Foundation
import Subprocess
import SystemPackage

/// A program of this package as a child: its stdout as lines, its stderr in a log file, ended with the task that runs it.
struct ChildProcess: Sendable {
    /// Who the child is, for people: `the agent of trauma (fedagent serve)`.
    let name: String
    let program: URL
    let arguments: [String]
    let log: URL
    /// The reading end of the pipe whose writing end closes with the demo.
    let lifeline: FileDescriptor
    /// How long the child may say nothing at all; nil for a server, whose work has its own deadlines.
    var silenceLimit: Duration?

    /// The child was killed: by a person, or for want of memory.
    struct Killed: Error {
        let signal: String
        let error: DemoError
    }

    /// How often a child that is killed is started again.
    private static let restartsMax = 100

    /// Runs to the end; a child that is killed is started again, after `again` has been told why.
    ///
    /// - Throws: ``DemoError`` naming the child, how it ended, and its last words.
    func runSurviving(
        _ line: @escaping @Sendable (String) async -> Void = { _ in },
        again: (_ words: String) async throws -> Void
    ) async throws {
        for restart in 1... {
            do {
                return try await run(line)
            } catch let killed as Killed {
                guard restart <= Self.restartsMax else { throw killed.error }
                try await again("\(name) was killed by \(killed.signal); started again")
            }
        }
    }

    /// How long a child may take to end after SIGTERM, before SIGKILL.
    private static let grace: Duration = .seconds(3)

    /// Runs to the end, handing every line of stdout to `line`.
    ///
    /// - Throws: ``Killed``, or ``DemoError`` naming the child, how it ended, and its last words.
    func run(_ line: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
        let heard = LastSign()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await runProgram { text in
                    heard.note()
                    await line(text)
                }
            }
            if let silenceLimit {
                group.addTask {
                    try await watchForSilence(longerThan: silenceLimit, of: heard)
                }
            }
            try await group.next()
        }
    }

    private func runProgram(_ line: @escaping @Sendable (String) async -> Void) async throws {
        let descriptor = try FileDescriptor.open(
            FilePath(log.path),
            .writeOnly,
            options: [.create, .append],
            permissions: .ownerReadWrite
        )
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.grace)]
        // Its own group: Ctrl-C reaches the demo alone, which then ends its children in order.
        options.processGroupID = 0
        let result = try await Subprocess.run(
            .path(FilePath(program.path)),
            arguments: Arguments(arguments),
            environment: .inherit.updating([
                "SWIFT_BACKTRACE": "enable=no",
                Environment.Key(stringLiteral: Lifeline.variable): "stdin",
            ]),
            platformOptions: options,
            input: .fileDescriptor(lifeline, closeAfterSpawningProcess: false),
            output: .sequence,
            error: .fileDescriptor(descriptor, closeAfterSpawningProcess: true)
        ) { execution in
            for try await text in execution.standardOutput.strings() { await line(text) }
        }
        try Task.checkCancellation()
        guard result.terminationStatus.isSuccess else { throw ended(result.terminationStatus) }
    }

    private func watchForSilence(
        longerThan limit: Duration,
        of heard: LastSign
    ) async throws {
        while ContinuousClock.now < heard.time + limit {
            try await Task.sleep(until: heard.time + limit, clock: .continuous)
        }
        throw DemoError(
            "waited \(limit.components.seconds) s for a sign of \(name)",
            hint: lastWords
        )
    }

    private func ended(_ status: TerminationStatus) -> any Error {
        switch status {
        case .exited(let code):
            return DemoError("\(name) ended with status \(code)", hint: lastWords)
        case .signaled(let signal):
            let words = "signal \(signal)"
            return Killed(
                signal: words,
                error: DemoError("\(name) was killed by \(words)", hint: lastWords)
            )
        }
    }

    private var lastWords: String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n").suffix(5)
        guard !lines.isEmpty else { return "it left no word in \(log.path)" }
        return "its last words in \(log.path) are\n"
            + lines.map { "  " + $0 }.joined(separator: "\n")
    }
}
