import AuditLog
import CoordinatorStore
import Foundation
import Testing

@Suite struct CheckpointTests {
    private func signer() throws -> NoteSigner {
        try NoteSigner(
            name: CoordinatorStore.auditLog,
            kind: .log,
            seed: [UInt8](repeating: 3, count: 32)
        )
    }

    @Test func `checkpoints grow with the log, are cosigned, and the bundle verifies`() async throws
    {
        let fixture = try Fixture()
        let signer = try signer()
        #expect(try await fixture.store.checkpointAudit(signedBy: signer) == nil)
        try await fixture.enrol(fixture.a)
        let first = try #require(try await fixture.store.checkpointAudit(signedBy: signer))
        #expect(try await fixture.store.checkpointAudit(signedBy: signer) == nil)
        var witnessed = WitnessedLog(key: signer.key)
        let old = try witnessed.accept(first, proof: [])
        try await fixture.enrol(fixture.b)
        #expect(
            try await fixture.store.checkpointAudit(signedBy: signer, recordsMin: 100) == nil
        )
        let second = try #require(try await fixture.store.checkpointAudit(signedBy: signer))
        let size = try Checkpoint(parsing: second.text).size
        let proof = try #require(
            try await fixture.store.consistencyProof(from: old.size, to: size)
        )
        #expect(try witnessed.accept(second, proof: proof).size > old.size)
        let witness = try NoteSigner(
            name: "site-a",
            kind: .witness,
            seed: [UInt8](repeating: 4, count: 32)
        )
        var cosigned = second
        try cosigned.cosign(with: witness, at: 1_790_000_000)
        #expect(try await fixture.store.addCosignature(cosigned, by: witness.key))
        #expect(try await !fixture.store.addCosignature(second, by: witness.key))
        #expect(try await fixture.store.newestCheckpoint() == cosigned)
        let bundle = fixture.folder.appending(path: "bundle")
        let count = try await fixture.store.exportAudit(to: bundle)
        let verdict = BundleVerifier(
            trust: TrustedKeys([signer.key, witness.key]),
            seen: [first],
            witnessesMin: 1
        ).verify(bundle)
        #expect(verdict.outcome == .good, "\(verdict.text)")
        #expect(verdict.records == count && verdict.signedSize == size)
    }
}
