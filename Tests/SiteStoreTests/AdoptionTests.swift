import AuditLog
import AuditedDatabase
import Foundation
import GRDB
import SiteStore
import Testing

/// A log from before the tree: a chain of records named `site`, without checkpoints.
@Suite struct AdoptionTests {
    private static func chain(_ count: Int) throws -> [StoredAuditLeaf] {
        var end = LogEnd.empty
        return try (0..<count).map { number in
            try end.append(
                AuditEntry(
                    .egressSend,
                    by: AuditActor(.site, "agent"),
                    on: AuditObject("egress", "hello/\(number)")
                ),
                to: "site",
                at: TestClock().stamp()
            )
        }
    }

    /// Turns the fixture's empty database into one of the version before, with these records.
    private func age(_ fixture: Fixture, _ leaves: [StoredAuditLeaf]) throws {
        let queue = try DatabaseQueue(path: fixture.file.path)
        try queue.write { database in
            try database.execute(
                sql: """
                    DROP TABLE auditLog; DROP TABLE auditNode; DROP TABLE auditWitness;
                    DROP TABLE auditCheckpoint;
                    DELETE FROM grdb_migrations WHERE identifier = '009-audit-tree'
                    """
            )
            for stored in leaves {
                try database.execute(
                    sql: "INSERT INTO audit VALUES (?, ?, ?)",
                    arguments: [stored.sequence, Data(stored.leaf), stored.hash.hex]
                )
            }
        }
    }

    @Test(arguments: [1, 2, 7, 64, 100])
    func `its records become leaves, and a record says so`(count: Int) async throws {
        let fixture = try Fixture()
        let leaves = try Self.chain(count)
        try age(fixture, leaves)
        let store = try SiteStore(at: fixture.file, secret: Fixture.secret, clock: TestClock())
        let records = try await store.auditRecords()
        #expect(records.prefix(count).map(\.leaf) == leaves.map(\.leaf))
        let adoption = try #require(records.last)
        #expect(records.count == count + 1 && adoption.entry.act == .treeAdopt)
        #expect(adoption.entry.old == "site" && adoption.entry.new == store.auditLog)
        #expect(adoption.entry.count == count && adoption.entry.outcome == .success)
        let root = MerkleTree(leaves.map(\.hash)).root(size: count)
        #expect(adoption.entry.object?.sha256 == root.hex)
        try await store.append(fixture.egress("hello"))
        try await store.signAudit()
        let key = try Fixture.secret.logSigner(named: store.auditLog).key
        let verdict = try await store.verifyAudit(
            by: BundleVerifier(trust: TrustedKeys([key]))
        )
        #expect(verdict.outcome == .good, "\(verdict.text)")
        #expect(verdict.signedSize == Int64(count) + 2)
        // A second opening takes nothing over again.
        let again = try SiteStore(at: fixture.file, secret: Fixture.secret)
        #expect(try await again.auditSize() == Int64(count) + 2)
        #expect(again.auditLog == store.auditLog)
    }

    @Test func `a chain that was tampered with is taken over as it is, and named`() async throws {
        let fixture = try Fixture()
        var leaves = try Self.chain(5)
        leaves[2].leaf[20] ^= 1
        try age(fixture, leaves)
        let store = try SiteStore(at: fixture.file, secret: Fixture.secret, clock: TestClock())
        let adoption = try #require(
            try await store.read { database in
                try Data.fetchOne(database, sql: "SELECT leaf FROM audit ORDER BY seq DESC LIMIT 1")
            }
        )
        let record = try AuditRecord(leaf: [UInt8](adoption))
        #expect(record.entry.outcome == .seriousFailure && record.entry.reason == "altered/2")
        let verifier = BundleVerifier(trust: TrustedKeys([]))
        let verdict = try await store.verifyAudit(by: verifier)
        #expect(verdict.faults.first == AuditFault(.altered, at: 2), "\(verdict.text)")
    }

    @Test func `a new site's log begins as a tree under a name of its own`() async throws {
        let (one, other) = (try Fixture(), try Fixture())
        #expect(one.store.auditLog.hasPrefix("site/"))
        #expect(one.store.auditLog != other.store.auditLog)
        #expect(try await one.store.auditSize() == 0)
    }
}
