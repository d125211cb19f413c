import Foundation
import Subprocess
import SystemPackage

/// DCMTK's programs as senders.
enum DCMTK {
    static let isInstalled = ["echoscu", "storescu", "dcmdump"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
    }
    static let absent = "skipped: DCMTK is not installed (Debian: dcmtk)"

    struct Outcome: Sendable {
        let isSuccess: Bool
        let text: String
    }

    /// Runs a program with the usual titles.
    static func run(
        _ program: String,
        calling: String = "SCANNER",
        called: String = RunningReceiver.title,
        port: Int,
        options: [String] = [],
        files: [URL] = []
    ) async throws -> Outcome {
        let arguments =
            ["-v", "-aet", calling, "-aec", called] + options + ["127.0.0.1", "\(port)"]
            + files.map(\.path)
        return try await within(.seconds(120), program) {
            let result = try await Subprocess.run(
                .path(FilePath("/usr/bin/\(program)")),
                arguments: Arguments(arguments),
                output: .string(limit: 1 << 20),
                error: .string(limit: 1 << 20)
            )
            return Outcome(
                isSuccess: result.terminationStatus.isSuccess,
                text: result.standardOutput + result.standardError
            )
        }
    }
}
