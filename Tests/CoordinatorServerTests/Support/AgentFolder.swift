import CoordinatorServer
import Federation
import Foundation
import Identity
import SiteAgent
import SiteStore
import Synchronization
import Testing

/// The folder of an enrolled site, and the agent's own client on it.
struct AgentFolder: Sendable {
    let wire: TestSite
    let folder: SiteFolder
    let enrolment: SiteEnrolment

    /// Enrols a site that dials `port`, by default the coordinator's.
    init(_ name: String, in federation: TestFederation, dialling port: Int? = nil) async throws {
        wire = try await federation.enrolledSite(name)
        folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID())")
        )
        for needed in [folder.models, folder.outbox, folder.identity.deletingLastPathComponent()] {
            try FileManager.default.createDirectory(at: needed, withIntermediateDirectories: true)
        }
        let credentials = try #require(wire.signing?.credentials)
        try PartyCredentials(key: credentials.key, chainPEM: credentials.chainPEM)
            .write(to: folder.identity)
        try FileManager.default.copyItem(
            at: federation.folder.rootCertificate,
            to: folder.federationRoot
        )
        enrolment = SiteEnrolment(
            federation: TestFederation.name,
            siteID: name,
            coordinator: CoordinatorAddress(
                host: "127.0.0.1",
                port: port ?? federation.servicePort
            )
        )
    }

    func remove() { try? FileManager.default.removeItem(at: folder.root) }

    /// Runs `body` with a client.
    func connected<Value: Sendable>(
        silenceSeconds: Int = 60,
        _ body: (CoordinatorClient) async throws -> Value
    ) async throws -> Value {
        try await CoordinatorClient.connected(
            to: enrolment,
            folder: folder,
            allowList: .transport,
            ledger: CountingLedger(),
            patience: Patience(silenceSeconds: silenceSeconds),
            body
        )
    }
}

/// A ledger in memory.
final class CountingLedger: EgressLedger {
    private let kinds = Mutex<[String]>([])

    func append(_ record: EgressRecord) async throws { kinds.withLock { $0.append(record.kind) } }

    func recordRefusal(of kind: String, plan: String?, reason: String) async throws {
        Issue.record("\(kind) was not let out: \(reason)")
    }
}
