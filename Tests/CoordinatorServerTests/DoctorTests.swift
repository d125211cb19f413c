import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Identity
import SiteAgent
import SiteStore
import Subprocess
import Synchronization
import TestSupport
import Testing

/// Every check of `fedagent doctor`, made to fail, with the words that say what to do.
@Suite struct DoctorTests {
    /// A machine on which nothing is wrong, so that the state of the one that tests run on is no matter.
    private static let well = MachineFacts(
        freeBytes: { _ in 1 << 40 },
        availableMemory: { 1 << 36 },
        isClockSynchronized: { true }
    )

    /// A site's folder with a profile and keys.
    private static func makeSite(_ body: (SiteFolder) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID())")
        let folder = SiteFolder(root)
        try FileManager.default.createDirectory(
            at: folder.identity.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let images = root.appending(path: "images")
        try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
        try Data().write(to: images.appending(path: "one.dcm"))
        try """
        id: alpha
        name: Alpha
        source: {kind: folder, path: "\(images.path)"}
        disclosure: {minimumCell: 1, minimumPositives: 1, minimumNegatives: 1}
        approval: {mode: manual}

        """.write(to: folder.profile, atomically: true, encoding: .utf8)
        try OwnerOnlyFile.write(Data(repeating: 7, count: 32), to: folder.deidentificationKey)
        try await body(folder)
    }

    private static func finding(
        _ check: String,
        _ folder: SiteFolder,
        invite: Invite? = nil,
        facts: MachineFacts = well,
        at now: Date = Date()
    ) async throws -> Finding {
        let findings = await Doctor(folder: folder, invite: invite, facts: facts)
            .findings(now: now)
        return try #require(
            findings.last { $0.check == check },
            "\(check) is not among \(findings.map(\.check))"
        )
    }

    private static func expect(
        _ finding: Finding,
        _ state: Finding.State,
        _ text: String,
        advice: String = ""
    ) {
        #expect(finding.state == state, "\(finding.lines)")
        #expect(finding.text.contains(text), "\(finding.lines)")
        #expect(advice.isEmpty || finding.advice?.contains(advice) == true, "\(finding.lines)")
    }

    @Test func `disk, memory and clock of the machine`() async throws {
        try await Self.makeSite { folder in
            for (free, state) in [(5e8, Finding.State.fail), (5e9, .warn), (5e10, .ok)] {
                var facts = Self.well
                facts.freeBytes = { _ in Int(free) }
                let disk = try await Self.finding("disk", folder, facts: facts)
                Self.expect(disk, state, "GB free at \(folder.root.path)")
                facts = Self.well
                facts.availableMemory = { Int(free) }
                let memory = try await Self.finding("memory", folder, facts: facts)
                #expect(memory.state == (state == .warn ? .ok : state), "\(memory.lines)")
            }
            var facts = Self.well
            facts.isClockSynchronized = { false }
            let clock = try await Self.finding("clock", folder, facts: facts)
            Self.expect(clock, .warn, "no time service", advice: "NTP")
        }
    }

    @Test func `a key that others can read, and a source that cannot be`() async throws {
        try await Self.makeSite { folder in
            #expect(try await Self.finding("permissions", folder).state == .ok)
            #expect(try await Self.finding("source", folder).state == .ok)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644],
                ofItemAtPath: folder.deidentificationKey.path
            )
            let exposed = try await Self.finding("permissions", folder)
            let path = folder.deidentificationKey.path
            Self.expect(exposed, .fail, "other users can read \(path)", advice: "chmod 600 \(path)")
            try FileManager.default.removeItem(at: folder.root.appending(path: "images"))
            let source = try await Self.finding("source", folder)
            Self.expect(source, .fail, "cannot be read", advice: "check source.path")
            try Data("id: [".utf8).write(to: folder.profile)
            Self.expect(
                try await Self.finding("source", folder),
                .fail,
                "the profile cannot be read",
                advice: "correct"
            )
        }
    }

    @Test func `a certificate that is missing, about to end, or over`() async throws {
        try await TestFederation.serving { federation in
            let agent = try await AgentFolder("alpha", in: federation)
            defer { agent.remove() }
            let day = 86_400.0
            for (days, state, words) in [
                (1.0, Finding.State.ok, "days"), (20, .warn, "days"), (40, .fail, "expired"),
            ] {
                let finding = try await Self.finding(
                    "certificate",
                    agent.folder,
                    at: Date().addingTimeInterval(days * day)
                )
                Self.expect(finding, state, words)
            }
        }
        try await Self.makeSite { folder in
            let none = try await Self.finding("certificate", folder)
            Self.expect(none, .warn, "not enrolled", advice: "ask the operator for an invite")
            let network = try await Self.finding("network", folder)
            Self.expect(network, .warn, "no coordinator is known")
        }
    }

    @Test func `a name without an address, and a port that nobody answers on`() async throws {
        try await Self.makeSite { folder in
            let token = String(repeating: "0", count: 32)
            let root = String(repeating: "0", count: 64)
            let unknown = try Invite(parsing: "fed1:no-such-host.invalid:8444:\(root):\(token)")
            let name = try await Self.finding("name", folder, invite: unknown)
            Self.expect(name, .fail, "no-such-host.invalid has no address", advice: "DNS entry")
            let port = try await LoopbackPort.free()
            let closed = try Invite(parsing: "fed1:127.0.0.1:\(port):\(root):\(token)")
            let finding = try await Self.finding("port", folder, invite: closed)
            let rule =
                "allow TCP from \(ProcessInfo.processInfo.hostName) to 127.0.0.1 port \(port)"
            Self.expect(finding, .fail, "no connection", advice: rule)
        }
    }

    @Test func `what answers in the coordinator's place is named by who signed it`() async throws {
        try await Self.makeSite { folder in
            let device = try await InterceptingProxy(asProxy: false)
            let token = String(repeating: "0", count: 32)
            let root = String(repeating: "0", count: 64)
            let invite = try Invite(parsing: "fed1:127.0.0.1:\(device.port):\(root):\(token)")
            let finding = try await Self.finding("tls", folder, invite: invite)
            Self.expect(
                finding,
                .fail,
                "TLS is intercepted",
                advice: "exception from TLS inspection for 127.0.0.1:\(device.port)"
            )
            #expect(finding.text.contains("hospital-inspection"), "\(finding.text)")
            await device.close()
        }
    }

    @Test(.enabled(if: ProxyTests.isBuilt, "skipped: the program fedagent is not there"))
    func `a proxy that re-signs is named, and the program fails`() async throws {
        let device = try await InterceptingProxy(asProxy: true)
        let folder = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let profile = SharedData.repository.appending(path: "Sites/trauma/site.yaml").path
        _ = try await ProxyTests.agent(["init", "--profile", profile], in: folder, proxy: nil)
        let root = String(repeating: "0", count: 64)
        let token = String(repeating: "0", count: 32)
        let ill = try await ProxyTests.agent(
            ["doctor", "fed1:127.0.0.1:8444:\(root):\(token)"],
            in: folder,
            proxy: "http://127.0.0.1:\(device.port)"
        )
        await device.close()
        #expect(ill.status == .exited(1))
        #expect(ill.output.contains("ok    proxy"), "\(ill.output)")
        #expect(ill.output.contains("fail  tls"), "\(ill.output)")
        #expect(ill.output.contains("hospital-inspection"), "\(ill.output)")
        #expect(
            ill.output.contains("through the proxy 127.0.0.1:\(device.port) (CONNECT)"),
            "\(ill.output)"
        )
    }

    @Test func `a coordinator that refuses the site, or has another clock`() async throws {
        let shift = Mutex(0.0)
        let clock: @Sendable () -> Date = { Date().addingTimeInterval(shift.withLock { $0 }) }
        try await TestFederation.serving(now: clock) { federation in
            let agent = try await AgentFolder("alpha", in: federation)
            defer { agent.remove() }
            try agent.enrolment.write(to: agent.folder)
            _ = try SiteAudit.store(of: agent.folder)
            #expect(try await Self.finding("coordinator", agent.folder).state == .ok)
            shift.withLock { $0 = 100 }
            let off = try await Self.finding("clocks", agent.folder)
            Self.expect(off, .warn, "s behind the coordinator's")
            let shown = try await federation.operations.siteReports(at: Date())
            let words = try #require(shown.first?.clockText)
            #expect(words.contains("s behind this machine's"), "the operator sees it too: \(words)")
            shift.withLock { $0 = -400 }
            let wrong = try await Self.finding("coordinator", agent.folder)
            Self.expect(
                wrong,
                .fail,
                "differ by more than five minutes",
                advice: "s ahead of the coordinator's"
            )
            shift.withLock { $0 = 0 }
            _ = try await Self.finding("coordinator", agent.folder)
            let right = try await federation.operations.siteReports(at: Date())
            #expect(right.first?.clockText == nil, "it is right again")
            try await federation.operations.store.revoke(agent.wire.id)
            let revoked = try await Self.finding("coordinator", agent.folder)
            Self.expect(revoked, .fail, "not active", advice: "ask the operator")
        }
    }
}
