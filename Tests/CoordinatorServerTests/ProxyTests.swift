import CoordinatorServer
import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The agent's program behind a real proxy that wants a password.
@Suite struct ProxyTests {
    /// How a run of `fedagent` ended.
    struct Outcome {
        let status: TerminationStatus
        let output: String
        let errors: String
    }

    /// The programs lie beside the test bundle.
    private static let program = (Bundle.main.executableURL ?? URL(filePath: "/"))
        .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "fedagent")
    static let isBuilt = FileManager.default.isExecutableFile(atPath: program.path)

    static func agent(
        _ arguments: [String],
        in folder: URL,
        proxy: String?
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(program.path)),
            arguments: Arguments(arguments + ["--directory", folder.path]),
            environment: .inherit.updating([
                "HTTPS_PROXY": proxy ?? "", "NO_PROXY": "", "SWIFT_BACKTRACE": "enable=no",
            ]),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        return Outcome(
            status: result.terminationStatus,
            output: result.standardOutput,
            errors: result.standardError
        )
    }

    @Test(
        .enabled(
            if: Tinyproxy.exists && isBuilt,
            "skipped: tinyproxy or the program fedagent is not there"
        )
    )
    func `the agent enrols and says hello through the proxy, and doctor names a wrong password`()
        async throws
    {
        try await TestFederation.serving { federation in
            try await Tinyproxy.running { proxy in
                let folder = FileManager.default.temporaryDirectory
                    .appending(path: "behind-proxy-\(UUID())")
                defer { try? FileManager.default.removeItem(at: folder) }
                let profile = SharedData.repository.appending(path: "Sites/trauma/site.yaml").path
                let made = try await Self.agent(
                    ["init", "--profile", profile],
                    in: folder,
                    proxy: nil
                )
                #expect(made.status == .exited(0), "\(made.errors)")
                let good = "http://hospital:s3cret-word@127.0.0.1:\(proxy.port)"
                let invite = try await federation.invite("alpha")
                let first = try await Self.agent(
                    ["enroll", "\(invite)", "--no-wait"],
                    in: folder,
                    proxy: good
                )
                #expect(first.status == .exited(75), "\(first.errors)")
                let applicant = try await federation.operations.applicant("alpha", at: Date())
                let waiting = try await Self.agent(["status"], in: folder, proxy: nil)
                #expect(waiting.output.contains("must read: \(applicant.words)"))
                try await federation.approve("alpha")
                let second = try await Self.agent(
                    ["enroll", "\(invite)", "--no-wait"],
                    in: folder,
                    proxy: good
                )
                #expect(second.status == .exited(0), "\(second.errors)")
                #expect(proxy.log.contains("CONNECT 127.0.0.1:\(federation.enrolmentPort)"))
                let well = try await Self.agent(["doctor"], in: folder, proxy: good)
                #expect(well.output.contains("knows this site as alpha"), "\(well.output)")
                #expect(proxy.log.contains("CONNECT 127.0.0.1:\(federation.servicePort)"))
                let ill = try await Self.agent(
                    ["doctor"],
                    in: folder,
                    proxy: "http://hospital:wrong@127.0.0.1:\(proxy.port)"
                )
                #expect(ill.status == .exited(1))
                #expect(ill.output.contains("fail  proxy"), "\(ill.output)")
                #expect(!ill.output.contains("wrong@"), "a password is never printed")
            }
        }
    }
}
