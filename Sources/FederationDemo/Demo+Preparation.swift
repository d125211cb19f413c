import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Identity

extension Demo {
    /// The longest a child may work without a word before the demo gives up.
    private static let silenceLimit: Duration = .seconds(300)
    /// The longest an enrolment may take.
    private static let enrolmentLimit: Duration = .seconds(60)

    /// Makes the folders of all sites, then simulates and de-identifies, two sites at a time.
    func prepare(_ sites: [DemoSite], for plan: Plan) async throws {
        for site in sites {
            try await makeFolder(of: site)
            try allow(plan, at: site)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, site) in sites.enumerated() {
                if index >= 2 { try await group.next() }
                group.addTask { try await takeIn(site) }
            }
            try await group.waitForAll()
        }
        await board.clear()
        await board.say("\(sites.count) sites de-identified their images")
    }

    /// The site's key follows from its id: a random one would give every demo another split, and with it another model.
    private func makeFolder(of site: DemoSite) async throws {
        let key = options.output.appending(path: "\(site.id).key")
        let text = "head-ct-demo-key/1\0\(site.id)"
        try OwnerOnlyFile.write(Data(SHA256Digest(hashing: Array(text.utf8)).bytes), to: key)
        defer { try? FileManager.default.removeItem(at: key) }
        var arguments = ["init", "--profile", site.profile.path]
        arguments += ["--deidentification-key", key.path]
        if let data = options.data { arguments += ["--data", data.path] }
        // Half a folder is no folder: it is made anew.
        try await run(agent(site, arguments, silenceLimit: Self.silenceLimit), of: site) {
            try? FileManager.default.removeItem(at: site.folder)
        }
    }

    /// The demo is its sites' admin: their policies allow the plan's rounds, however many were asked for.
    private func allow(_ plan: Plan, at site: DemoSite) throws {
        let file = site.folder.appending(path: "policy.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let rule = text.firstMatch(of: /(?m)^maximumRounds: (\d+)$/) else {
            throw DemoError("\(file.path) has no maximumRounds", hint: "see `fedagent policy show`")
        }
        guard let allowed = Int(rule.1), allowed < plan.rounds else { return }
        let changed = text.replacing(rule.0, with: "maximumRounds: \(plan.rounds)")
        try OwnerOnlyFile.write(Data(changed.utf8), to: file)
    }

    private func takeIn(_ site: DemoSite) async throws {
        if site.isSimulated {
            let arguments = ["source", "simulate", "--seed", "\(options.seed ?? 1)"]
            try await run(agent(site, arguments, silenceLimit: Self.silenceLimit), of: site)
        }
        let build = agent(site, ["cohort", "build"], silenceLimit: Self.silenceLimit)
        try await run(build, of: site)
    }

    /// Invites and enrols the sites, one after the other.
    func enrol(_ sites: [DemoSite], with operation: FederationOperator) async throws {
        for site in sites { try await enrol(site, with: operation) }
        await board.say("\(sites.count) sites enrolled by invite and approved, TLS 1.3 both ways")
    }

    /// Approves a site once it applies; on one machine nobody has to read words to anybody.
    private func approve(_ site: DemoSite, with operation: FederationOperator) async throws {
        let patience = Patience(
            Self.enrolmentLimit,
            for: "site '\(site.id)' to apply for its certificate",
            hint: "see \(log(site.id).path)"
        )
        while true {
            let applicants = try await operation.applicants(at: Date())
            if let applicant = applicants.first(where: { $0.application.holder == site.id }) {
                _ = try await operation.approve(applicant, by: "demo")
                return
            }
            try await patience.wait(.milliseconds(50))
        }
    }

    /// An invite counts once, so an agent that was killed while it used one gets another.
    private func enrol(_ site: DemoSite, with operation: FederationOperator) async throws {
        let id = try SiteID(validating: site.id)
        while true {
            let invite = try await operation.invite(id, name: site.name, at: Date())
            let arguments = ["enroll", invite.description]
            let enrolling = agent(site, arguments, silenceLimit: Self.enrolmentLimit)
            do {
                return try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await enrolling.run() }
                    group.addTask { try await approve(site, with: operation) }
                    try await group.waitForAll()
                }
            } catch let killed as ChildProcess.Killed {
                await board.say("\(killed.error.message); invited again")
            }
        }
    }

    private func run(
        _ child: ChildProcess,
        of site: DemoSite,
        again clean: () -> Void = {}
    ) async throws {
        let board = board
        try await child.runSurviving {
            await board.take($0, from: site.id)
        } again: { words in
            clean()
            await board.say(words)
        }
    }

    /// `fedagent` at work in a site's folder.
    func agent(
        _ site: DemoSite,
        _ arguments: [String],
        silenceLimit: Duration? = nil
    ) -> ChildProcess {
        var child = child(site.id, "fedagent", arguments + ["--json"], site.folder)
        child.silenceLimit = silenceLimit
        return child
    }

    /// A program of this package at work in a party's folder.
    func child(
        _ party: String,
        _ program: String,
        _ arguments: [String],
        _ folder: URL
    ) -> ChildProcess {
        let verb = arguments.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ")
        let who = party == "coordinator" ? "the coordinator" : "the agent of \(party)"
        return ChildProcess(
            name: "\(who) (\(program) \(verb))",
            program: options.programs.appending(path: program),
            arguments: arguments + ["--directory", folder.path],
            log: log(party),
            lifeline: lifeline
        )
    }

    /// Where a party's words go.
    func log(_ party: String) -> URL { options.output.appending(path: "logs/\(party).log") }
}
