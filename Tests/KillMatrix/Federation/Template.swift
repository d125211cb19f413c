import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Identity
import Yams

/// A federation in which everything is ready for its run: enrolled sites with cohorts, a queued run.
///
/// Each case of the matrix plays a copy.
struct Template {
    let root: URL
    /// The federation's root, for the play in which it is exchanged.
    let authority: RootAuthority
    let run: RunID
    let plan: Plan
    let sites: [String]

    static func coordinator(_ root: URL) -> CoordinatorFolder {
        CoordinatorFolder(root.appending(path: "coordinator"))
    }

    static func site(_ name: String, _ root: URL) -> URL {
        root.appending(path: "sites").appending(path: name)
    }

    /// Makes the federation with the programs beside this one.
    static func make(in root: URL, hospitals: URL) async throws -> Template {
        let (service, enrolment) = try FreePorts.pair()
        let authority = try RootAuthority(newFederation: "matrix", at: Date())
        try FederationSetup.create(
            in: coordinator(root),
            settings: CoordinatorSettings(
                federation: "matrix",
                host: "127.0.0.1",
                bind: "127.0.0.1",
                servicePort: service,
                enrolmentPort: enrolment
            ),
            under: authority,
            at: Date()
        )
        let names = try FileManager.default.contentsOfDirectory(atPath: hospitals.path).sorted()
        let sites = names.filter { !$0.contains(".") }
        for site in sites { try makeSite(site, root, hospitals) }
        try await enrol(sites, root, enrolment: enrolment)
        let text = try planText(hospitals.appending(path: "plan.yaml"))
        let operation = try FederationOperator(folder: coordinator(root))
        let digest = try await operation.submit(planYAML: text)
        let run = try await operation.startRun(
            of: digest,
            sites: try sites.map { try SiteID(validating: $0) }
        )
        return Template(
            root: root,
            authority: authority,
            run: run,
            plan: try Plan.parse(yaml: text),
            sites: sites
        )
    }

    /// The plan with few steps, as the matrix plays it hundreds of times, and with everything that a
    /// site and the coordinator keep from round to round.
    private static func planText(_ url: URL) throws -> String {
        guard var node = try Yams.compose(yaml: try String(contentsOf: url, encoding: .utf8))
        else { throw SupervisedParty.Failure(description: "\(url.path) is empty") }
        node["localTraining"]?["stepsPerRound"] = Node("3")
        // The form with the most that has to survive: what each update leaves out.
        node["updateCompression"] = ["encoding": "int8"]
        node["aggregation"] = try Yams.compose(
            yaml: "{strategy: fedavg, privateTensors: ['*.normalization.*']}"
        )
        node["selection"] = try Yams.compose(yaml: "{rule: last, patience: 10}")
        return try Yams.serialize(node: node)
    }

    private static func makeSite(_ name: String, _ root: URL, _ hospitals: URL) throws {
        let folder = site(name, root)
        let key = root.appending(path: "\(name).key")
        let secret = SHA256Digest(hashing: Array("kill-matrix \(name)".utf8)).bytes
        try OwnerOnlyFile.write(Data(secret), to: key)
        let profile = hospitals.appending(path: "\(name)/site.yaml").path
        try agent(["init", "--profile", profile, "--deidentification-key", key.path], folder)
        try agent(["source", "simulate", "--seed", "1"], folder)
        try agent(["cohort", "build"], folder)
    }

    private static func enrol(_ sites: [String], _ root: URL, enrolment: Int) async throws {
        let lifeline = Pipe()
        let server = try SupervisedParty(
            .coordinator,
            folder: coordinator(root).root,
            triggers: [],
            trace: nil,
            log: root.appending(path: "enrolment.log"),
            lifeline: lifeline.fileHandleForReading
        )
        defer { server.stop() }
        let deadline = ContinuousClock.now + .seconds(20)
        while !FreePorts.answers(enrolment) {
            guard ContinuousClock.now < deadline else {
                throw SupervisedParty.Failure(description: "the coordinator does not listen")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        let operation = try FederationOperator(folder: coordinator(root))
        for name in sites {
            let id = try SiteID(validating: name)
            let invite = try await operation.invite(id, name: name, at: Date())
            let enrolling = try begin(["enroll", invite.description], site(name, root))
            try await approve(name, with: operation, by: ContinuousClock.now + .seconds(60))
            try finish(enrolling, "enroll")
        }
    }

    /// Approves a site once it applies.
    private static func approve(
        _ name: String,
        with operation: FederationOperator,
        by deadline: ContinuousClock.Instant
    ) async throws {
        while ContinuousClock.now < deadline {
            let applicants = try await operation.applicants(at: Date())
            if let applicant = applicants.first(where: { $0.application.holder == name }) {
                _ = try await operation.approve(applicant, by: "matrix")
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw SupervisedParty.Failure(description: "\(name) did not apply for a certificate")
    }

    private static func agent(_ arguments: [String], _ folder: URL) throws {
        try finish(try begin(arguments, folder), arguments[0])
    }

    private static func begin(_ arguments: [String], _ folder: URL) throws -> Process {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "fedagent")
        let process = Process()
        process.executableURL = program
        process.arguments = arguments + ["--directory", folder.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func finish(_ process: Process, _ verb: String) throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SupervisedParty.Failure(
                description: "fedagent \(verb) ended with \(process.terminationStatus)"
            )
        }
    }

    /// Copies the federation; images, which nobody changes, are linked.
    func copy(to root: URL) throws {
        let manager = FileManager.default
        let folder = root.appending(path: "sites")
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        try manager.copyItem(at: Self.coordinator(self.root).root, to: Self.coordinator(root).root)
        for name in sites {
            let (source, target) = (Self.site(name, self.root), Self.site(name, root))
            try manager.createDirectory(at: target, withIntermediateDirectories: true)
            for entry in try manager.contentsOfDirectory(atPath: source.path) {
                let (from, to) = (source.appending(path: entry), target.appending(path: entry))
                if entry == "deidentified" || entry == "hospital" {
                    try manager.createSymbolicLink(at: to, withDestinationURL: from)
                } else {
                    try manager.copyItem(at: from, to: to)
                }
            }
        }
    }
}
