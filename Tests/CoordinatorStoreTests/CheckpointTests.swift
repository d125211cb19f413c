import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import Testing

@Suite struct CheckpointTests {
    @Test func `checkpoints grow with the log, are cosigned, and the bundle verifies`() async throws
    {
        let fixture = try Fixture()
        let key = try Fixture.secret.logSigner(named: fixture.store.auditLog).key
        #expect(try await fixture.store.signAudit() == nil)
        try await fixture.enrol(fixture.a)
        let first = try #require(try await fixture.store.signAudit())
        #expect(try await fixture.store.signAudit() == nil)
        var witnessed = WitnessedLog(key: key)
        let old = try witnessed.accept(first, proof: [])
        try await fixture.enrol(fixture.b)
        let second = try #require(try await fixture.store.signAudit())
        let size = try Checkpoint(parsing: second.text).size
        let proof = try #require(
            try await fixture.store.consistencyProof(from: old.size, to: size)
        )
        #expect(try witnessed.accept(second, proof: proof).size > old.size)
        let bundle = fixture.folder.appending(path: "bundle")
        let operation = AuditActor(.operator, "operator")
        let count = try await fixture.store.exportBundle(to: bundle, by: operation)
        let verdict = BundleVerifier(trust: TrustedKeys([key]), seen: [first]).verify(bundle)
        #expect(verdict.outcome == .good, "\(verdict.text)")
        #expect(verdict.records == count && verdict.signedSize == count)
        #expect(try await fixture.acts().last == .auditRead)
    }

    @Test func `a hundred records and the end of a round are signed with the change`() async throws
    {
        let fixture = try Fixture()
        for number in 0..<100 {
            try await fixture.store.createInvite(
                site: site("s\(number)"),
                name: "x",
                tokenHash: digest("\(number)").rawValue,
                expires: fixture.now
            )
        }
        let note = try #require(try await fixture.store.newestCheckpoint())
        #expect(try Checkpoint(parsing: note.text).size == 100)
    }

    @Test func `proofs from the database are those of a tree in memory, at every size`()
        async throws
    {
        let fixture = try Fixture()
        for number in 0..<37 {
            try await fixture.store.createInvite(
                site: site("s\(number)"),
                name: "x",
                tokenHash: digest("\(number)").rawValue,
                expires: fixture.now
            )
        }
        let tree = MerkleTree(try await fixture.store.auditRecords().map { .leaf($0.leaf) })
        for new in 1...37 {
            for old in 1...new {
                let proof = try await fixture.store.consistencyProof(
                    from: Int64(old),
                    to: Int64(new)
                )
                #expect(proof == tree.consistencyProof(from: old, to: new))
            }
        }
        #expect(try await fixture.store.consistencyProof(from: 1, to: 38) == nil)
    }
}
