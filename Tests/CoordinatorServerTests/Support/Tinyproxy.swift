import Foundation
import Subprocess
import SystemPackage

/// A real HTTP proxy on loopback that wants a user and a password.
struct Tinyproxy {
    static let exists = FileManager.default.isExecutableFile(atPath: "/usr/bin/tinyproxy")

    let port: Int
    private let folder: URL

    /// Runs `body` beside a proxy, which ends with it.
    static func running(_ body: (Tinyproxy) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "proxy-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let proxy = Tinyproxy(port: try await LoopbackPort.free(), folder: folder)
        try proxy.writeConfiguration()
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Ends with the group; two kinds of process libraries would wait for each other's.
            defer { group.cancelAll() }
            group.addTask { try await proxy.serve() }
            try await LoopbackPort.waitUntilListening(proxy.port)
            try await body(proxy)
        }
    }

    /// What the proxy wrote about the connections it made.
    var log: String {
        (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
    }

    private var configuration: URL { folder.appending(path: "tinyproxy.conf") }

    private func writeConfiguration() throws {
        try """
        Port \(port)
        Listen 127.0.0.1
        Timeout 60
        LogFile "\(folder.path)/log"
        LogLevel Connect
        BasicAuth hospital s3cret-word

        """.write(to: configuration, atomically: true, encoding: .utf8)
    }

    private func serve() async throws {
        _ = try await Subprocess.run(
            .path("/usr/bin/tinyproxy"),
            arguments: ["-d", "-c", configuration.path],
            output: .discarded,
            error: .discarded
        )
    }
}
