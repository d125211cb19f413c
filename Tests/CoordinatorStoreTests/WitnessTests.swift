import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import Testing

/// What a coordinator does with the logs of its sites, and with what they saw of its own.
@Suite struct WitnessTests {
    private let fixture: Fixture
    private let secret = AuditSecret.generate()
    private let coordinator: NoteSigner

    init() throws {
        fixture = try Fixture()
        coordinator = try Fixture.secret.witnessSigner(named: "demo/coordinator")
    }

    private func history(_ count: Int, salt: UInt8 = 0) -> MerkleTree {
        MerkleTree((0..<count).map { .leaf([$0 < 5 ? 0 : salt, UInt8($0)]) })
    }

    private func offer(
        _ tree: MerkleTree,
        from old: Int = 0,
        by secret: AuditSecret? = nil
    ) throws -> CheckpointOffer {
        let secret = secret ?? self.secret
        let log = try secret.logSigner(named: "site/1")
        return CheckpointOffer(
            logKey: log.key,
            witnessKey: try secret.witnessSigner(named: "demo/site/a").key,
            note: try Checkpoint(
                origin: "site/1",
                size: Int64(tree.size),
                root: tree.root(size: tree.size)
            ).signed(by: log),
            provenFrom: Int64(old),
            proof: tree.consistencyProof(from: old, to: tree.size) ?? []
        )
    }

    private func answer(_ offer: CheckpointOffer) async throws -> WitnessAnswer {
        try await fixture.store.witness("a", offer, cosigner: coordinator)
    }

    private func refusal(_ offer: CheckpointOffer) async throws -> WitnessAlarm? {
        guard case .refused(let alarm) = try await answer(offer) else { return nil }
        return alarm
    }

    @Test func `a growing log is stored, cosigned and recorded`() async throws {
        guard case .accepted(let note) = try await answer(offer(history(7))) else {
            Issue.record("the first checkpoint needs no proof")
            return
        }
        #expect(note.cosignatureTime(by: coordinator.key) == 1_790_000_000)
        #expect(try await answer(offer(history(9))) == .needsProof(from: 7))
        guard case .accepted = try await answer(offer(history(9), from: 7)) else {
            Issue.record("a proven checkpoint is accepted")
            return
        }
        // The same again, as after a lost answer, is cosigned again and not recorded.
        guard case .accepted = try await answer(offer(history(9), from: 7)) else {
            Issue.record("the same checkpoint is accepted again")
            return
        }
        #expect(
            try await fixture.acts() == [.witnessPin, .checkpointAccept, .checkpointAccept]
        )
        let seen = try await fixture.store.auditRecords().last?.entry.sighting
        #expect(seen?.size == 9 && seen?.log == "site/1")
    }

    @Test func `a shrunken, a forked and a re-keyed log are refused, recorded once and named`()
        async throws
    {
        _ = try await answer(offer(history(9)))
        let older = try #require(try await refusal(offer(history(8))))
        #expect(older.refusal == .olderHistory && older.isNew)
        #expect(
            older.text(me: "this coordinator")
                == "the history of a is older than the one this coordinator has seen (checkpoint "
                + "size 9 of 2026-09-21T14:13:20Z): it was restored from a backup or forked; do "
                + "not go on before you know why"
        )
        #expect(try await refusal(offer(history(8)))?.isNew == false)
        let fork = try #require(try await refusal(offer(history(12, salt: 1), from: 9)))
        #expect(fork.refusal == .forked && fork.isNew)
        let twin = try #require(try await refusal(offer(history(9, salt: 1))))
        #expect(twin.refusal == .forked)
        let other = try #require(
            try await refusal(offer(history(12), from: 9, by: AuditSecret.generate()))
        )
        #expect(other.refusal == .otherKey)
        #expect(try await fixture.acts().count { $0 == .checkpointRefuse } == 3)
        #expect(try await fixture.store.witnessedParty("a")?.checkpoint?.size == 9)
        // What was seen goes on, and the alarm ends.
        _ = try await answer(offer(history(12), from: 9))
        let known = try await fixture.store.witnessedParty("a")
        #expect(known?.checkpoint?.size == 12 && known?.refusal == nil)
    }

    @Test func `a forgotten party begins anew, and that is recorded`() async throws {
        _ = try await answer(offer(history(9)))
        let operation = AuditActor(.operator, "operator")
        #expect(try await fixture.store.forgetWitnessed("a", by: operation))
        #expect(try await !fixture.store.forgetWitnessed("a", by: operation))
        guard case .accepted = try await answer(offer(history(3))) else {
            Issue.record("the next checkpoint is the first")
            return
        }
        let record = try await fixture.store.auditRecords().first {
            $0.entry.act == .witnessForget
        }
        #expect(record?.entry.count == 9 && record?.entry.actor.kind == .operator)
    }

    @Test func `a coordinator that lost its end learns it from a site`() async throws {
        _ = try await answer(offer(history(9)))
        let site = try secret.witnessSigner(named: "demo/site/a")
        let log = try Fixture.secret.logSigner(named: fixture.store.auditLog)
        var own = try #require(try await fixture.store.signAudit())
        try own.cosign(with: site, at: 1)
        #expect(try await fixture.store.takeCosignature(own, from: "a") == nil)
        #expect(try await fixture.store.newestCheckpoint()?.signatures.count == 2)
        for (checkpoint, refusal) in [
            (Checkpoint(origin: log.key.name, size: 99, root: .empty), "own-older-history/99"),
            (Checkpoint(origin: log.key.name, size: 1, root: .empty), "own-forked/1"),
        ] {
            var note = try checkpoint.signed(by: log)
            try note.cosign(with: site, at: 1)
            let alarm = try #require(try await fixture.store.takeCosignature(note, from: "a"))
            #expect(alarm.text(me: "this coordinator").contains("this coordinator's own history"))
            #expect(try await fixture.store.witnessedParty("a")?.refusal == refusal)
        }
    }

    @Test func `other sites' cosignatures are handed on, and a split view shows`() async throws {
        _ = try await answer(offer(history(9)))
        let site = try secret.witnessSigner(named: "demo/site/a")
        var own = try #require(try await fixture.store.signAudit())
        try own.cosign(with: site, at: 7)
        _ = try await fixture.store.takeCosignature(own, from: "a")
        try await fixture.enrol(fixture.b)
        let newest = try #require(try await fixture.store.signAudit())
        let size = try Checkpoint(parsing: newest.text).size
        #expect(try await fixture.store.cosignatures(except: "a", provenTo: size).isEmpty)
        let handed = try await fixture.store.cosignatures(except: "b", provenTo: size)
        #expect(handed.map(\.note) == [own] && handed.first?.witnesses == [site.key])
        // Another store stands for site b, which was shown the same history, and then another one.
        let other = try Fixture()
        let log = try Fixture.secret.logSigner(named: fixture.store.auditLog)
        let shown = CheckpointOffer(
            logKey: log.key,
            witnessKey: coordinator.key,
            note: newest,
            provenFrom: 0,
            proof: []
        )
        _ = try await other.store.witness("coordinator", shown, cosigner: site)
        #expect(try await other.store.compare(handed, with: "coordinator") == nil)
        #expect(try await other.store.witnessedParty("demo/site/a")?.cosigned ?? 0 > 0)
        var forked = try Checkpoint(origin: log.key.name, size: 2, root: .empty).signed(by: log)
        try forked.cosign(with: site, at: 8)
        let split = CosignedCheckpoint(witnesses: [site.key], note: forked, proof: [])
        let alarm = try await other.store.compare([split], with: "coordinator")
        #expect(alarm?.refusal == .splitView)
        #expect(
            alarm?.text(me: "this site").hasPrefix(
                "the coordinator's history was shown to other sites in another form"
            ) == true
        )
    }
}
