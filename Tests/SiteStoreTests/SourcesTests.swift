import AuditLog
import AuditedDatabase
import SiteStore
import Testing

@Suite struct SourcesTests {
    @Test func `what was pulled is remembered by source, and requests are on record`() async throws
    {
        let fixture = try Fixture()
        let store = fixture.store
        try await store.recordPullStart(host: "[::1]:8042")
        let rows = [PulledRow(name: "a", fingerprint: "1"), PulledRow(name: "b", fingerprint: "1")]
        try await store.recordPull(source: "pacs:8042", rows, requests: ["qido-studies": 2])
        try await store.recordPull(
            source: "pacs:8042",
            [PulledRow(name: "a", fingerprint: "2")],
            requests: [:]
        )
        let known = try await store.pulledFingerprints(source: "pacs:8042", names: ["a", "b", "c"])
        #expect(known == ["a": "2", "b": "1"])
        #expect(try await store.pulledFingerprints(source: "other", names: ["a"]).isEmpty)
        let records = try await store.auditRecords().suffix(4).map(\.entry)
        #expect(
            records.map(\.act) == [
                .sourceQuery, .sourceQuery, .sourceRetrieve, .sourceRetrieve,
            ]
        )
        #expect(records[1].new == "qido-studies" && records[1].count == 2)
    }

    @Test func `a delivery is kept whatever its sender is called`() async throws {
        let fixture = try Fixture()
        let store = fixture.store
        for source in ["CT 1*@10.1.2.3", "Ä@fe80::1%eth0"] {
            try await store.record(
                DeliveryRow(
                    kind: .receiver,
                    source: source,
                    objects: 3,
                    known: 1,
                    refused: 0,
                    bytes: 10,
                    outcome: "released"
                )
            )
        }
        try await store.recordRefusedSender(address: "fe80::1%eth0", reason: "address-not-allowed")
        let (last, objects, bytes) = try await store.deliveries(.receiver)
        #expect(objects == 6 && bytes == 20 && last?.source == "Ä@fe80::1%eth0")
        #expect(try await store.deliveries(.dicomweb).last == nil)
        _ = try await fixture.verdict()
    }
}
