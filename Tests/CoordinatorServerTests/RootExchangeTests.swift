import AuditLog
import AuditedDatabase
import CoordinatorServer
import CoordinatorStore
import Crypto
import Federation
import Foundation
import Identity
import Logging
import SiteAgent
import SiteStore
import Testing
import WireProtocol

/// Both keys of the authority are exchanged under a serving coordinator; no site is touched.
@Suite struct RootExchangeTests {
    /// A site's folder, and what its agent does now and then.
    private struct Agent: Sendable {
        let folder: SiteFolder
        let store: SiteStore
        let enrolment: SiteEnrolment

        init(_ name: String, in federation: TestFederation) async throws {
            folder = SiteFolder(
                FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID())")
            )
            _ = try PrivateKeyFile.create(at: folder.siteKey)
            enrolment = try await EnrolmentClient(folder: folder, softwareVersion: "test")
                .enrol(try await federation.invite(name)) { _ in
                    try await federation.approve(name)
                }
            store = try SiteAudit.store(of: folder)
        }

        /// As the agent does each minute.
        func exchange() async throws {
            try await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .transport,
                ledger: store
            ) { client in
                try await CoordinatorWitness(
                    folder: folder,
                    store: store,
                    client: client,
                    cosigner: try SiteAudit.cosigner(of: folder, enrolment),
                    logger: Logger(label: "test")
                ).exchange()
            }
        }

        /// Sends one message, without trying again.
        func sayOnce() async throws {
            try await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .transport,
                ledger: store
            ) { client in
                try await client.report(
                    ProgressReport(
                        runID: try RunID(validating: "run-0000000000000000"),
                        round: .first,
                        phase: .fetching,
                        fraction: 0,
                        meanLoss: nil
                    )
                )
            }
        }

        /// The files that an exchange may change.
        func authentication() throws -> [Data] {
            try [folder.identity, folder.federationRoot, folder.enrolment].map {
                try Data(contentsOf: $0)
            }
        }

        func roots() throws -> TrustedRoots { try TrustedRoots(from: folder.federationRoot) }

        func isUnder(_ root: RootAuthority) throws -> Bool {
            let issuing = try PartyCredentials(from: folder.identity).chain[1]
            return TrustedRoots(root.certificate).root(of: issuing) != nil
        }
    }

    /// Makes a federation whose root is at hand, and serves it.
    private static func serving(
        _ body: (TestFederation, RootAuthority) async throws -> Void
    ) async throws {
        let root = try RootAuthority(newFederation: TestFederation.name, at: Date())
        let folder = try TestFederation.makeFolder(under: root)
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try await TestFederation.serving(folder) { try await body($0, root) }
    }

    /// What `fedcoordinator ca rotate-root` does, until the coordinator has taken it up.
    private static func rotate(
        _ old: RootAuthority,
        in federation: TestFederation
    ) async throws -> RootAuthority {
        let new = try RootAuthority(
            newFederation: TestFederation.name,
            generation: old.generation + 1,
            at: Date()
        )
        let request = try FederationSetup.requestIssuing(in: federation.folder)
        try await RootExchange(federation.operations).begin(
            try old.handover(to: new, at: Date()),
            issuing: try new.issuingCertificate(for: request, at: Date()),
            at: Date()
        )
        try federation.credentials.reloadIfChanged()
        return new
    }

    @Test func `a connected site changes over by itself, and the old root is retired`()
        async throws
    {
        try await Self.serving { federation, old in
            let agent = try await Agent("alpha", in: federation)
            try await agent.exchange()
            let new = try await Self.rotate(old, in: federation)
            let exchange = RootExchange(federation.operations)
            let behind = try await exchange.behind(at: Date())
            #expect(behind.map(\.id) == ["alpha"])
            await #expect(throws: CoordinatorError.self) {
                try await exchange.retire(leavingBehind: false, at: Date())
            }
            // The site only knows the old root, and follows the cross certificate.
            try await agent.exchange()
            #expect(try agent.roots().certificates == [new.certificate, old.certificate])
            #expect(try agent.isUnder(new))
            let none = try await exchange.behind(at: Date())
            #expect(none.isEmpty)
            let left = try await exchange.retire(leavingBehind: false, at: Date())
            #expect(left.isEmpty)
            try federation.credentials.reloadIfChanged()
            try await agent.exchange()
            #expect(try agent.roots().certificates == [new.certificate])
            let acts = try await agent.store.auditRecords().map(\.entry.act)
            #expect(acts.count { $0 == .rootRotate } == 1 && acts.count { $0 == .rootRetire } == 1)
            let own = try await federation.operations.store.auditRecords().map(\.entry.act)
            #expect(own.count { $0 == .rootRotate } == 1 && own.count { $0 == .rootRetire } == 1)
        }
    }

    @Test
    func `a site that slept through the overlap is told what to do, and comes back by invite`()
        async throws
    {
        try await Self.serving { federation, old in
            let agent = try await Agent("alpha", in: federation)
            try await agent.exchange()
            let new = try await Self.rotate(old, in: federation)
            let left = try await RootExchange(federation.operations).retire(
                leavingBehind: true,
                at: Date()
            )
            #expect(left.map(\.id) == ["alpha"])
            try federation.credentials.reloadIfChanged()
            let error = await #expect(throws: AgentError.self) { try await agent.sayOnce() }
            #expect(
                error?.message.contains("same root certificate") == true,
                "\(String(describing: error))"
            )
            #expect(error?.hint?.contains("ask the operator for a new invite") == true)
            let again = try await EnrolmentClient(folder: agent.folder, softwareVersion: "test")
                .enrol(try await federation.invite("alpha")) { _ in
                    try await federation.approve("alpha")
                }
            #expect(again.siteID == "alpha")
            try await agent.exchange()
            #expect(try agent.isUnder(new))
        }
    }

    @Test func `an invite of before the exchange, and an application under way, still lead in`()
        async throws
    {
        try await Self.serving { federation, old in
            let invite = try await federation.invite("alpha")
            let new = try await Self.rotate(old, in: federation)
            let folder = SiteFolder(
                FileManager.default.temporaryDirectory.appending(path: "alpha-\(UUID())")
            )
            defer { try? FileManager.default.removeItem(at: folder.root) }
            _ = try PrivateKeyFile.create(at: folder.siteKey)
            let enrolment = try await EnrolmentClient(folder: folder, softwareVersion: "test")
                .enrol(invite) { words in
                    let applicant = try await federation.operations.applicant("alpha", at: Date())
                    #expect(words.match(applicant.words), "both see the new root's words")
                    try await federation.approve("alpha")
                }
            #expect(enrolment.siteID == "alpha")
            let roots = try TrustedRoots(from: folder.federationRoot)
            #expect(roots.current == new.certificate)
        }
    }

    @Test func `a root that nobody vouches for stops the site`() async throws {
        try await Self.serving { federation, _ in
            let agent = try await Agent("alpha", in: federation)
            let stranger = try RootAuthority(newFederation: TestFederation.name, at: Date())
            let next = try RootAuthority(newFederation: TestFederation.name, at: Date())
            var roots = try agent.roots()
            let handover = try stranger.handover(to: next, at: Date())
            #expect(throws: IdentityError.self) { try roots.adopt(handover, at: Date()) }
            let request = try FederationSetup.requestIssuing(in: federation.folder)
            await #expect(throws: IdentityError.self) {
                try await RootExchange(federation.operations).begin(
                    handover,
                    issuing: try next.issuingCertificate(for: request, at: Date()),
                    at: Date()
                )
            }
            try await agent.exchange()
        }
    }

    @Test
    func `adding, renaming, removing a site and rotating the issuing key touch no other site`()
        async throws
    {
        try await Self.serving { federation, root in
            let agent = try await Agent("alpha", in: federation)
            try await agent.exchange()
            let before = try agent.authentication()
            let other = try await Agent("beta", in: federation)
            try await other.exchange()
            let store = federation.operations.store
            try await store.rename(try SiteID(validating: "beta"), to: "Another name")
            try await agent.exchange()
            try await store.revoke(try SiteID(validating: "beta"))
            try await agent.exchange()
            let request = try FederationSetup.requestIssuing(in: federation.folder)
            try FederationSetup.install(
                try root.issuingCertificate(for: request, at: Date()),
                root: root.certificate,
                in: federation.folder,
                at: Date()
            )
            try federation.credentials.reloadIfChanged()
            let third = try await Agent("gamma", in: federation)
            try await third.exchange()
            try await agent.exchange()
            #expect(try agent.authentication() == before, "not a byte of another site's changed")
            await #expect(throws: AgentError.self) { try await other.exchange() }
        }
    }
}
