import AuditLog
import AuditedDatabase
import DICOM
import Foundation
import SiteAgent
import SiteStore
import Subprocess
import Synchronization
import SystemPackage
import Testing

/// DCMTK's sender.
enum StoreSCU {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/storescu")
}

/// A site's receiver with DCMTK's senders: what is kept, and what is on record.
@Suite(.enabled(if: StoreSCU.isInstalled, "skipped: DCMTK is not installed (Debian: dcmtk)"))
struct ReceiverServiceTests {
    private static let profile = """
        id: small
        name: Small hospital
        source:
          kind: network
          receiver:
            {title: FEDAGENT, address: 127.0.0.1, port: 0, freeGigabytesMin: 0,
             peers: [{title: CT 1, address: 127.0.0.1}]}
        disclosure: {minimumCell: 3, minimumPositives: 3, minimumNegatives: 3}
        approval: {mode: declared}
        """

    private static func send(_ title: String, to port: Int, _ file: URL) async throws {
        _ = try await Subprocess.run(
            .path("/usr/bin/storescu"),
            arguments: ["-aet", title, "-aec", "FEDAGENT", "127.0.0.1", "\(port)", file.path],
            output: .discarded,
            error: .discarded
        )
    }

    private static func object() throws -> [UInt8] {
        var data = DataSet()
        try data.set(.sopClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
        try data.set(.sopInstanceUID, string: "1.2.826.0.1.5")
        try data.set(.patientID, string: "NEEDLE")
        return try DICOMFile.write(dataSet: data)
    }

    @Test func `objects of named senders are kept, others refused, both on record`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let (yaml, file) = (root.appending(path: "s.yaml"), root.appending(path: "o.dcm"))
        try Data(Self.profile.utf8).write(to: yaml)
        try Data(Self.object()).write(to: file)
        let folder = SiteFolder(root.appending(path: "site"))
        try await SiteSetup.create(in: folder, profile: try SiteProfile.read(from: yaml))
        let store = try SiteStore(at: folder.database)
        let (events, told) = AsyncStream.makeStream(of: AgentEvent.self)
        let service = try #require(
            try ReceiverService(folder: folder, store: store) { told.yield($0) }
        )
        var expected = ["receiving", "refused", "received 1 0", "received 0 1"]
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { told.finish() }
                try await service.run()
            }
            for await event in events {
                switch event {
                case .receiving(_, let port):
                    #expect(expected.removeFirst() == "receiving")
                    group.addTask {
                        for title in ["OTHER", "CT 1", "CT 1"] {
                            try await Self.send(title, to: port, file)
                        }
                    }
                case .senderRefused(_, let reason):
                    #expect(expected.removeFirst() == "refused")
                    #expect(reason == "calling-ae-title-not-recognized")
                case .received(let row):
                    #expect(expected.removeFirst() == "received \(row.objects) \(row.known)")
                default: Issue.record("\(event)")
                }
                if expected.isEmpty { break }
            }
            group.cancelAll()
        }
        #expect(expected.isEmpty, "the receiver ended early")
        let (last, objects, _) = try await store.deliveries(.receiver)
        #expect(objects == 1 && last?.known == 1 && last?.source == "CT 1@127.0.0.1")
        let acts = try await store.auditRecords().map(\.entry.act)
        #expect(acts.count { $0 == .instanceReceive } == 2 && acts.contains(.associationRefuse))
        let status = try await SourceStatus(of: folder, store)
        #expect(status.inboxObjects == 1 && status.summary { "\($0)" }.contains("FEDAGENT:0"))
    }
}
