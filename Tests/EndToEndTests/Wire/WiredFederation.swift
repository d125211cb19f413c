import Foundation
import Subprocess
import SystemPackage

/// A federation of two sites as people set it up by hand, one of which dials through a proxy.
struct WiredFederation {
    let folder: URL
    let servicePort: Int
    let enrolmentPort: Int

    var coordinator: URL

    init() async throws {
        folder = TemporaryFolder.new()
        coordinator = folder.appending(path: "coordinator")
        (servicePort, enrolmentPort) = try await FreePorts.pair()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// A copy as it is now, with ports of its own.
    init(copying other: WiredFederation) async throws {
        folder = TemporaryFolder.new()
        coordinator = folder.appending(path: "coordinator")
        (servicePort, enrolmentPort) = try await FreePorts.pair()
        try FileManager.default.copyItem(at: other.folder, to: folder)
        let settings = coordinator.appending(path: "coordinator.yaml")
        try String(contentsOf: settings, encoding: .utf8)
            .replacing("servicePort: \(other.servicePort)", with: "servicePort: \(servicePort)")
            .replacing(
                "enrolmentPort: \(other.enrolmentPort)",
                with: "enrolmentPort: \(enrolmentPort)"
            )
            .write(to: settings, atomically: true, encoding: .utf8)
    }

    func site(_ name: String) -> URL { folder.appending(path: name) }

    /// Makes the federation, simulates and takes in both hospitals.
    func prepare(_ sites: [String]) async throws {
        let secret = folder.appending(path: "passphrase")
        try Data("a test's passphrase\n".utf8).write(to: secret)
        let root = [
            "--root", folder.appending(path: "root").path, "--passphrase-file", secret.path,
        ]
        let made = try await Command(
            program: "fedcoordinator",
            arguments: ["ca", "init", "--federation", "wired"] + root
        ).run()
        guard made.status.isSuccess else { throw ProcessFailure("no root: \(made.words)") }
        try await operation(
            [
                "init", "--federation", "wired", "--host", "127.0.0.1", "--bind", "127.0.0.1",
                "--service-port", "\(servicePort)", "--enrolment-port", "\(enrolmentPort)",
            ] + root
        )
        for name in sites {
            let profile = Programs.hospitals.appending(path: "\(name)/site.yaml")
            try await agent(name, ["init", "--profile", profile.path])
            try await agent(name, ["source", "simulate", "--seed", "1"])
            if name == sites.first {
                let hospital = site(name).appending(path: "hospital")
                guard try CanaryExam.plant(in: hospital) > 0 else {
                    throw ProcessFailure("no exam to plant a canary in")
                }
            }
            try await agent(name, ["cohort", "build"])
        }
    }

    /// Enrols a site by invite, and approves it once it applies.
    func enrol(_ name: String) async throws {
        let invite = try await operation(["site", "invite", name])
        let line = try firstWord(of: invite, beginning: "fed1:")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent(name, ["enroll", line]) }
            group.addTask { try await approve(name) }
            try await group.waitForAll()
        }
    }

    private func approve(_ name: String) async throws {
        try await within(.seconds(60), "the application of \(name)") {
            while true {
                let outcome = try await Command(
                    program: "fedcoordinator",
                    arguments: [
                        "site", "approve", name, "--yes", "--directory", coordinator.path,
                    ]
                ).run()
                if outcome.status.isSuccess { return }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Lets a site dial another port of this machine.
    func redirect(_ name: String, to port: Int) throws {
        let file = site(name).appending(path: "enrolment.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        var isService = false
        let lines = text.components(separatedBy: "\n").map { line in
            if !line.hasPrefix(" ") { isService = line.hasPrefix("coordinator:") }
            return isService && line.contains("port:") ? "  port: \(port)" : line
        }
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    }

    /// Submits the plan of the hospitals and starts a run of it.
    func startRun(
        of plan: URL = Programs.hospitals.appending(path: "plan.yaml")
    ) async throws {
        let submitted = try await operation(["plan", "submit", plan.path])
        let digest = submitted.split(whereSeparator: \.isWhitespace).first { $0.count == 64 }
        guard let digest else { throw ProcessFailure("no plan was submitted: \(submitted)") }
        try await operation(["run", "start", String(digest)])
    }

    /// A server that is stopped when the surrounding task is cancelled; `line` sees what it says.
    func serve(
        _ program: String,
        _ party: URL,
        _ options: [String] = [],
        _ line: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        _ = try await Command(
            program: program,
            arguments: ["serve", "--directory", party.path] + options
        ).run { text, _ in line(text) }
    }

    @discardableResult
    func operation(_ verb: [String]) async throws -> String {
        try await say("fedcoordinator", verb, coordinator)
    }

    @discardableResult
    func agent(_ name: String, _ verb: [String]) async throws -> String {
        try await say("fedagent", verb, site(name))
    }

    private func say(_ program: String, _ verb: [String], _ party: URL) async throws -> String {
        let outcome = try await Command(
            program: program,
            arguments: verb + ["--directory", party.path]
        ).run()
        guard outcome.status.isSuccess else {
            throw ProcessFailure("\(program) \(verb) ended badly:\n\(outcome.words)")
        }
        return outcome.output
    }

    private func firstWord(of text: String, beginning start: String) throws -> String {
        let word = text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix(start) }
        guard let word else { throw ProcessFailure("no \(start) in \(text)") }
        return String(word)
    }
}

extension WiredFederation {
    /// Waits until both ports of the coordinator take connections.
    func reachable() async throws {
        try await within(.seconds(30), "the coordinator's start") { [servicePort, enrolmentPort] in
            for port in [servicePort, enrolmentPort] {
                while await !FreePorts.isTaken(port) {
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
    }

    /// Every file of coordinator and sites but the hospitals' own exports.
    func files() throws -> [URL] {
        guard let walker = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        var files: [URL] = []
        for case let path as String in walker where !"/\(path)".contains("/hospital/") {
            let url = folder.appending(path: path)
            let values = try url.resourceValues(forKeys: [.isRegularFileKey])
            if values.isRegularFile == true { files.append(url) }
        }
        return files.sorted { $0.path < $1.path }
    }
}
