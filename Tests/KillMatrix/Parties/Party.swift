import Durability
import Foundation

/// Who is killed.
enum Party: Hashable, Comparable, CustomStringConvertible {
    case coordinator
    case agent(String)

    /// The name in figures and file names.
    var description: String {
        switch self {
        case .coordinator: "coordinator"
        case .agent(let site): site
        }
    }
}

/// A party's process, started again whenever it was killed, each time with the next trigger.
final class SupervisedParty {
    /// Why a matrix cannot go on.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let party: Party
    private let arguments: [String]
    private var triggers: [String]
    private let log: FileHandle
    private let lifeline: FileHandle
    private(set) var process: Process
    /// How often it was killed.
    private(set) var kills = 0
    /// When the newest process was started.
    private(set) var startedAt = ContinuousClock.now

    /// Starts the party.
    init(
        _ party: Party,
        folder: URL,
        triggers: [String],
        trace: URL?,
        log: URL,
        lifeline: FileHandle
    ) throws {
        self.party = party
        self.triggers = triggers
        self.lifeline = lifeline
        let verb = party == .coordinator ? "coordinator" : "agent"
        arguments = [verb, folder.path] + (trace.map { ["--trace", $0.path] } ?? [])
        try Data().write(to: log)
        self.log = try FileHandle(forWritingTo: log)
        process = Process()
        try start()
    }

    /// Starts the process again if it has been killed.
    ///
    /// - Returns: whether it was.
    func restartIfKilled() throws -> Bool {
        guard !process.isRunning else { return false }
        guard process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL
        else { throw Failure(description: "\(party) ended with \(process.terminationStatus)") }
        kills += 1
        try start()
        return true
    }

    /// Ends the process; it may say goodbye.
    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    private func start() throws {
        process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments =
            arguments + (triggers.isEmpty ? [] : ["--crash", triggers.removeFirst()])
        process.environment = ProcessInfo.processInfo.environment.merging(
            [
                "SWIFT_BACKTRACE": "enable=no", "OPENBLAS_NUM_THREADS": "1",
                Lifeline.variable: "stdin",
            ],
            uniquingKeysWith: { $1 }
        )
        process.standardInput = lifeline
        process.standardError = log
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        startedAt = .now
    }
}
