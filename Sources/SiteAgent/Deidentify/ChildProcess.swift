import Foundation

/// A program that is given bytes and answers with bytes, within a time.
struct ChildProcess {
    /// The program's path and its arguments.
    let command: [String]
    /// The seconds after which it is ended.
    let limit: Int

    /// Ends a program after a time (GNU coreutils).
    private static let timeout = "/usr/bin/timeout"

    /// Runs the program and waits for it.
    ///
    /// - Returns: What it wrote to its standard output.
    /// - Throws: ``AgentError`` `unavailable` if it cannot be started, fails or takes too long.
    func output(of input: [UInt8]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: Self.timeout)
        process.arguments = ["--signal=KILL", "\(limit)"] + command
        process.environment = ["OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"]
        let output = Pipe()
        let source = try Self.unnamedFile(of: input)
        defer { try? source.close() }
        process.standardInput = source
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch {
            throw AgentError(.unavailable, "\(command[0]) cannot be started")
        }
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw AgentError(.unavailable, "\(command[0]) failed, or took \(limit) s and was ended")
        }
        return bytes
    }

    /// A file that only its handle leads to: nothing stays behind, whatever happens.
    private static func unnamedFile(of bytes: [UInt8]) throws -> FileHandle {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        guard
            FileManager.default.createFile(
                atPath: url.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw AgentError(.failed, "no file can be made in \(url.path)") }
        defer { try? FileManager.default.removeItem(at: url) }
        let handle = try FileHandle(forUpdating: url)
        try handle.write(contentsOf: Data(bytes))
        try handle.seek(toOffset: 0)
        return handle
    }
}
