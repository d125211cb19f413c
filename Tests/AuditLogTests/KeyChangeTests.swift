import AuditLog
import Foundation
import Testing

/// The log's key changes: who trusts one of the keys follows the log through all of it.
@Suite struct KeyChangeTests {
    private let keys: [NoteSigner]
    private let leaves: [[UInt8]]

    /// Ten records, a change to the second key, ten more, a change to the third, five more.
    init() throws {
        let keys = try (1...3).map {
            try NoteSigner(
                name: "fed/log",
                kind: .log,
                seed: [UInt8](repeating: UInt8($0), count: 32)
            )
        }
        self.keys = keys
        func change(_ place: Int) -> AuditEntry {
            AuditEntry(
                .keyRotate,
                by: AuditActor(.operator, "operator"),
                on: AuditObject("log-key", "fed/log"),
                old: keys[place - 1].key.description,
                new: keys[place].key.description
            )
        }
        func others(_ count: Int) -> [AuditEntry] {
            (0..<count).map {
                AuditEntry(
                    .siteDescribe,
                    by: AuditActor(.site, "a"),
                    on: AuditObject("site", "a"),
                    count: $0
                )
            }
        }
        leaves = try TestLog.leaves(
            of: others(10) + [change(1)] + others(10) + [change(2)] + others(5)
        )
    }

    private func note(_ size: Int, _ places: Int...) throws -> [UInt8] {
        let tree = MerkleTree(leaves.map(MerkleHash.leaf))
        var note = try Checkpoint(
            origin: "fed/log",
            size: Int64(size),
            root: tree.root(size: size)
        ).signed(by: keys[places[0]])
        for place in places.dropFirst() { try note.sign(with: keys[place]) }
        return note.encoded
    }

    private func verify(_ notes: [[UInt8]], trusting places: Int...) -> BundleVerdict {
        var check = BundleVerifier(trust: TrustedKeys(places.map { keys[$0].key }))
            .begin(log: "fed/log", notes: notes)
        for leaf in leaves { check.add(leaf) }
        return check.finish()
    }

    /// As a log signs: with both keys while the former one is not retired.
    private func history() throws -> [[UInt8]] {
        [
            try note(10, 0), try note(11, 1, 0), try note(15, 1), try note(22, 2, 1),
            try note(27, 2),
        ]
    }

    @Test(arguments: 0..<3)
    func `who trusts any one of the keys trusts the whole log`(place: Int) throws {
        let verdict = verify(try history(), trusting: place)
        #expect(verdict.outcome == .good, "\(verdict.text)")
        #expect(verdict.signedSize == 27)
    }

    @Test func `the key before signs nothing by itself after its change`() throws {
        let notes = [try note(10, 0), try note(11, 1, 0), try note(27, 0)]
        let verdict = verify(notes, trusting: 0)
        #expect(verdict.outcome == .tampered)
        #expect(verdict.faults.map(\.kind) == [.unsigned])
    }

    @Test func `a key that the one before did not vouch for is not believed`() throws {
        let notes = [try note(10, 0), try note(11, 1), try note(22, 2)]
        #expect(verify(notes, trusting: 0).outcome == .tampered)
        // Who trusts the last key learns of those before it from the records that it signed.
        #expect(verify(notes, trusting: 2).outcome == .good)
    }

    @Test func `a secret keeps its witness key, and holds two log keys during a rotation`() throws {
        let first = AuditSecret.generate()
        let second = first.rotated()
        let third = second.retired()
        #expect(first.bytes.count == 32 && second.bytes.count == 96 && third.bytes.count == 64)
        func key(_ secret: AuditSecret) throws -> NoteKey {
            try secret.logSigner(named: "fed/log").key
        }
        let former = try second.formerLogSigner(named: "fed/log")
        #expect(try former?.key == key(first))
        #expect(try key(second) == key(third) && key(first) != key(second))
        #expect(try third.formerLogSigner(named: "fed/log")?.key == nil)
        for secret in [second, third] {
            let read = try AuditSecret(bytes: secret.bytes)
            #expect(try key(read) == key(secret))
            #expect(
                try read.witnessSigner(named: "w").key == first.witnessSigner(named: "w").key
            )
        }
        #expect(throws: AuditLogError.self) { try AuditSecret(bytes: Data(count: 40)) }
    }
}
