import AuditLog
import AuditedDatabase
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import GRDB
import Identity
import Logging
import SiteAgent
import SiteStore
import Testing
import WireProtocol

/// Site and coordinator witness each other over the real protocol, and refuse a changed past.
@Suite struct CheckpointExchangeTests {
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

        func refusal() async -> AgentError? {
            do {
                try await exchange()
                return nil
            } catch {
                return error as? AgentError
            }
        }
    }

    @Test func `both store, cosign and record what the other shows, and it grows`() async throws {
        try await TestFederation.serving { federation in
            let agent = try await Agent("alpha", in: federation)
            defer { try? FileManager.default.removeItem(at: agent.folder.root) }
            try await agent.exchange()
            let store = federation.operations.store
            let first = try #require(try await store.witnessedParty("alpha")?.checkpoint)
            #expect(first.origin == agent.store.auditLog && first.size > 0)
            let own = try #require(try await agent.store.newestCheckpoint())
            #expect(own.signatures.count == 2, "the coordinator cosigned it")
            try await agent.exchange()
            let second = try #require(try await store.witnessedParty("alpha")?.checkpoint)
            #expect(second.size > first.size)
            let known = try #require(try await store.witnessedParty("alpha"))
            #expect(known.cosigned > 0, "the second time it cosigned what it saw the first")
            #expect(try await store.auditRecords().contains { $0.entry.act == .checkpointAccept })
            #expect(
                try await agent.store.auditRecords().contains { $0.entry.act == .checkpointAccept }
            )
        }
    }

    @Test func `a coordinator that came back with an older history gets no further`() async throws {
        try await TestFederation.serving { federation in
            let agent = try await Agent("alpha", in: federation)
            defer { try? FileManager.default.removeItem(at: agent.folder.root) }
            try await agent.exchange()
            // What the site saw is ahead of what this coordinator has, as after restoring a backup.
            let key = try #require(try await agent.store.witnessedParty("coordinator")?.logKey)
            let secret = try AuditKey.secret(of: federation.folder)
            let ahead = try Checkpoint(origin: key.name, size: 5_000, root: .empty)
                .signed(by: secret.logSigner(named: key.name))
            try await agent.store.change { change in
                try change.execute(
                    "UPDATE auditWitness SET note = ? WHERE party = 'coordinator'",
                    [Data(ahead.encoded)]
                )
            }
            let error = try #require(await agent.refusal())
            #expect(error.code == .refusedByPolicy)
            #expect(
                error.message.hasPrefix(
                    "the coordinator's history is older than the one this site has seen "
                        + "(checkpoint size 5000 of "
                )
            )
            #expect(error.message.hasSuffix("do not go on before you know why"))
            let refusals = try await agent.store.auditRecords()
                .filter { $0.entry.act == .checkpointRefuse }
            #expect(refusals.map(\.entry.reason) == ["older-history/5000"])
            // The coordinator was shown its own signature over what it lost, and says so too.
            let own = try await federation.operations.store.auditRecords()
                .filter { $0.entry.act == .checkpointRefuse }
            #expect(own.map(\.entry.reason) == ["own-older-history/5000"])
            // It stays refused until a person at the site decides otherwise.
            #expect(await agent.refusal()?.code == .refusedByPolicy)
            #expect(try await agent.store.forgetWitnessed("coordinator", by: .siteAdmin))
            #expect(await agent.refusal() == nil)
        }
    }

    @Test func `a site whose database was put back is refused and says so`() async throws {
        try await TestFederation.serving { federation in
            let agent = try await Agent("alpha", in: federation)
            defer { try? FileManager.default.removeItem(at: agent.folder.root) }
            try await agent.exchange()
            let backup = agent.folder.root.appending(path: "backup.sqlite")
            for end in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: agent.folder.database.path + end,
                    toPath: backup.path + end
                )
            }
            for _ in 0..<3 { try await agent.exchange() }
            let returned = try SiteStore(
                at: backup,
                secret: try SiteAudit.secret(of: agent.folder)
            )
            let error = await #expect(throws: AgentError.self) {
                try await CoordinatorClient.connected(
                    to: agent.enrolment,
                    folder: agent.folder,
                    allowList: .transport,
                    ledger: returned
                ) { client in
                    try await CoordinatorWitness(
                        folder: agent.folder,
                        store: returned,
                        client: client,
                        cosigner: try SiteAudit.cosigner(of: agent.folder, agent.enrolment),
                        logger: Logger(label: "test")
                    ).exchange()
                }
            }
            #expect(error?.code == .refusedByPolicy, "\(error?.description ?? "")")
            #expect(error?.hint?.contains("restored from a backup") == true)
            let store = federation.operations.store
            #expect(try await store.witnessedParty("alpha")?.refusal?.hasPrefix("older") == true)
            #expect(
                try await returned.auditRecords().last { $0.entry.act == .checkpointRefuse }?
                    .entry.reason == "refused-by-coordinator"
            )
        }
    }

    @Test func `sites see each other's cosignatures through the coordinator`() async throws {
        try await TestFederation.serving { federation in
            let (alpha, beta) = (
                try await Agent("alpha", in: federation), try await Agent("beta", in: federation)
            )
            defer {
                for agent in [alpha, beta] {
                    try? FileManager.default.removeItem(at: agent.folder.root)
                }
            }
            for _ in 0..<3 { for agent in [alpha, beta] { try await agent.exchange() } }
            let names = try await alpha.store.witnessedParties().map(\.party)
            #expect(names.count == 2 && names[0] == "coordinator")
            #expect(names[1].hasSuffix("/site/beta"))
            #expect(try await alpha.store.witnessedParties()[1].cosigned > 0)
        }
    }
}
