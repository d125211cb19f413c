import Foundation
import Subprocess
import SystemPackage

/// The `openssl` of the system, a TLS implementation that shares no code with ours.
enum OpenSSL {
    static let exists = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    /// Runs `s_client` against a loopback port with a request on its input; returns all it printed.
    static func connect(port: Int, _ arguments: [String]) async throws -> String {
        // The shell feeds the input: s_client leaves without reading it when it is refused.
        let script = """
            printf 'GET /v1/hello HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' |
            openssl s_client -connect 127.0.0.1:\(port) -ign_eof "$@" 2>&1
            """
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: Arguments(["-c", script, "sh"] + arguments),
            output: .string(limit: 1 << 20),
            error: .discarded
        )
        return result.standardOutput
    }
}
