import CoordinatorServer
import Foundation
import Subprocess
import SystemPackage

/// `fedcoordinator serve` as a process.
struct CoordinatorProcess {
    private static let program = (Bundle.main.executableURL ?? URL(filePath: "/"))
        .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "fedcoordinator")
    static let isBuilt = FileManager.default.isExecutableFile(atPath: program.path)

    let id: pid_t

    /// Serves a folder while `body` runs, then kills the process: it may not need a goodbye.
    static func serving<Value: Sendable>(
        _ folder: CoordinatorFolder,
        port: Int,
        _ body: @escaping @Sendable (CoordinatorProcess) async throws -> Value
    ) async throws -> Value {
        let result = try await Subprocess.run(
            .path(FilePath(program.path)),
            arguments: ["serve", "--directory", folder.root.path, "--log-level", "warning"],
            environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            let process = CoordinatorProcess(id: execution.processIdentifier.value)
            defer { kill(process.id, SIGKILL) }
            try await LoopbackPort.waitUntilListening(port)
            return try await body(process)
        }
        return result.closureResult
    }

    /// The most memory it ever had, in MiB.
    var peakMebibytes: Int {
        let text = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
        return (kibibytes.flatMap { Int($0) } ?? .max) / 1024
    }
}
