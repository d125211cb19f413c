import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The small kill matrix: real processes, killed at every named point.
@Suite struct KillMatrixTests {
    @Test(.timeLimit(.minutes(15)))
    func `killed at every named point, a run ends by itself with the same model`() async throws {
        let program = try #require(Bundle.main.executableURL).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "killmatrix")
        let hospitals = SharedData.repository.appending(path: "Tests/EndToEndTests/Hospitals")
        let result = try await Subprocess.run(
            .path(FilePath(program.path)),
            // How quick a restart is depends on what else runs here; the full matrix measures it.
            arguments: ["run", "--small", "--restart-limit", "20", "--hospitals", hospitals.path],
            environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        let words = result.standardOutput + result.standardError
        print(words.split(separator: "\n").last { $0.contains("plays") } ?? "no figures")
        #expect(result.terminationStatus.isSuccess, "\(words)")
    }
}
