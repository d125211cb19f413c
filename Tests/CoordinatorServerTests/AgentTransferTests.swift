import AsyncHTTPClient
import CoordinatorServer
import Federation
import Foundation
import Identity
import SiteAgent
import SiteStore
import Synchronization
import Tensors
import Testing
import WireProtocol

/// The agent's own client against the coordinator: enrolment, and transfers that were cut.
@Suite struct AgentTransferTests {
    /// A ledger in memory, which after a number of messages of one kind cannot record any more, so
    /// that nothing more is sent.
    private final class Ledger: EgressLedger {
        private let records = Mutex<[EgressRecord]>([])
        private let kind: String
        private let limit: Int

        init(upTo limit: Int = .max, of kind: String = "") {
            self.limit = limit
            self.kind = kind
        }

        func append(_ record: EgressRecord) async throws {
            try records.withLock { records in
                guard records.count(where: { $0.kind == kind }) < limit || record.kind != kind
                else { throw AgentError(.failed, "the ledger is full") }
                records.append(record)
            }
        }

        func recordRefusal(of kind: String, plan: String?, reason: String) async throws {
            Issue.record("\(kind) was not let out: \(reason)")
        }

        func count(of kind: String) -> Int {
            records.withLock { $0.count { $0.kind == kind } }
        }
    }

    private static func site(_ name: String) throws -> SiteFolder {
        let folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID())")
        )
        for needed in [folder.models, folder.outbox] {
            try FileManager.default.createDirectory(at: needed, withIntermediateDirectories: true)
        }
        return folder
    }

    @Test func `an invite that pins another root is refused before anything is sent`()
        async throws
    {
        try await TestFederation.serving { federation in
            let folder = try Self.site("alpha")
            defer { try? FileManager.default.removeItem(at: folder.root) }
            let invite = try await federation.invite("alpha")
            let other = String(repeating: "0", count: 64)
            let line = "\(invite)".replacing(invite.rootFingerprint, with: other)
            let client = EnrolmentClient(folder: folder, softwareVersion: "test")
            await #expect {
                _ = try await client.enrol(try Invite(parsing: line))
            } throws: { error in
                (error as? IdentityError)?.code == .untrustedRoot
            }
            let sent = try await SiteStore(at: folder.database).egress()
            #expect(sent.isEmpty)
            // The true invite still works, so nothing of it was given away.
            let enrolment = try await client.enrol(invite) { _ in
                try await federation.approve("alpha")
            }
            #expect(enrolment.siteID == "alpha")
        }
    }

    @Test func `a model and an update go on after a cut with the parts that are missing`()
        async throws
    {
        try await TestFederation.serving { federation in
            let folder = try Self.site("alpha")
            defer { try? FileManager.default.removeItem(at: folder.root) }
            let enrolment = try await EnrolmentClient(folder: folder, softwareVersion: "test")
                .enrol(try await federation.invite("alpha")) { _ in
                    try await federation.approve("alpha")
                }
            let wire = try federation.site(
                try SiteID(validating: "alpha"),
                try TestCredentials(try PartyCredentials(from: folder.identity))
            )
            let run = try await TestRun.start(
                in: federation,
                sites: [wire],
                elements: 5 * Limits.partBytes / 4
            )
            try await run.approve(wire)
            let work = try await run.training(of: wire)
            try await Self.fetch(work, enrolment, folder)
            try await Self.upload(try run.delta(0.5), work, enrolment, folder)
        }
    }

    /// A schedule whose caps are there and do not delay.
    private static func paced() throws -> SiteSchedule {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = """
            {id: a, name: A, source: {kind: folder, path: d}, approval: {mode: declared},
             disclosure: {minimumCell: 1, minimumPositives: 1, minimumNegatives: 1},
             transfer: {up: 2 GB/s, down: 2 GB/s, hours: ["00:00-24:00"]}}
            """
        try Data(text.utf8).write(to: file)
        return try SiteSchedule(of: SiteProfile.read(from: file))
    }

    private static func fetch(
        _ work: Work.Training,
        _ enrolment: SiteEnrolment,
        _ folder: SiteFolder
    ) async throws {
        let parts = BlobParts(bytes: work.modelBytes).count
        let target = folder.models.appending(path: "model.safetensors")
        var counts: [Int] = []
        for ledger in [Ledger(upTo: 2, of: "fetch-blob"), Ledger()] {
            try? await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .transport,
                ledger: ledger,
                schedule: try paced()
            ) {
                try await $0.fetch(
                    work.modelSHA256,
                    bytes: work.modelBytes,
                    to: target,
                    plan: work.planSHA256
                )
            }
            counts.append(ledger.count(of: "fetch-blob"))
        }
        // A part that was under way when the ledger failed may have been cancelled.
        #expect(counts[0] == 2 && counts[1] >= parts - 2 && counts[1] <= parts, "\(counts)")
        #expect(try SHA256Digest(ofFile: target) == work.modelSHA256)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.models.path).count == 1)
    }

    private static func upload(
        _ delta: [UInt8],
        _ work: Work.Training,
        _ enrolment: SiteEnrolment,
        _ folder: SiteFolder
    ) async throws {
        let parts = BlobParts(bytes: delta.count).count
        let file = folder.outbox.appending(path: "delta.safetensors")
        try Data(delta).write(to: file)
        let digest = SHA256Digest(hashing: delta)
        var counts: [Int] = []
        for ledger in [Ledger(upTo: 2, of: "put-part"), Ledger(), Ledger()] {
            try? await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .transport,
                ledger: ledger,
                schedule: try paced()
            ) {
                try await $0.upload(file, as: digest, plan: work.planSHA256)
            }
            counts.append(ledger.count(of: "put-part"))
        }
        #expect(counts[0] == 2 && counts[1] >= parts - 2 && counts[1] <= parts, "\(counts)")
        #expect(counts[2] == 0, "an upload that is whole is not sent again")
    }
}
