import AuditLog
import CanonicalJSON
import Testing

@Suite struct CheckpointTests {
    private typealias Vectors = SecurityVectors

    private func signer(
        _ value: JSONValue?,
        _ kind: NoteKey.Kind
    ) throws -> NoteSigner {
        try NoteSigner(
            name: try #require(value?["name"]?.stringValue),
            kind: kind,
            seed: Vectors.bytes(value?["private_seed_hex"])
        )
    }

    @Test func `keys, notes and cosignatures byte for byte`() throws {
        let vectors = try Vectors.read("checkpoint_c2sp")
        let log = try signer(vectors["log"], .log)
        #expect(log.key.description == vectors["log"]?["vkey"]?.stringValue)
        #expect(try NoteKey(parsing: log.key.description) == log.key)
        var witnesses: [String: NoteSigner] = [:]
        for witness in vectors["witnesses"]?.arrayValue ?? [] {
            let signer = try signer(witness, .witness)
            #expect(signer.key.id == Vectors.bytes(witness["key_id_hex"]))
            witnesses[signer.key.name] = signer
        }
        let cases = vectors["checkpoints"]?.arrayValue ?? []
        #expect(cases.count >= 3)
        for test in cases where test["body"] != nil {
            guard test["valid"]?.boolValue == true, let size = test["size"]?.integerValue else {
                try checkBroken(test, log)
                continue
            }
            let checkpoint = Checkpoint(
                origin: log.key.name,
                size: size,
                root: Vectors.hash(test["root_hex"])
            )
            #expect(checkpoint.text == test["body"]?.stringValue)
            #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
            var note = try checkpoint.signed(by: log)
            #expect(note.encoded == Array((test["note"]?.stringValue ?? "").utf8))
            for cosignature in test["cosignatures"]?.arrayValue ?? [] {
                let name = try #require(cosignature["witness"]?.stringValue)
                let time = UInt64(try #require(cosignature["time"]?.integerValue))
                let witness = try #require(witnesses[name])
                try note.cosign(with: witness, at: time)
                #expect(note.signatures.last?.line == cosignature["line"]?.stringValue)
                #expect(note.cosignatureTime(by: witness.key) == time)
            }
            let text = test["note_with_cosignatures"]?.stringValue
            #expect(note.encoded == Array((text ?? "").utf8))
            let parsed = try SignedNote(parsing: note.encoded)
            #expect(parsed == note)
            #expect(parsed.isSigned(by: log.key))
        }
    }

    private func checkBroken(_ test: JSONValue, _ log: NoteSigner) throws {
        let bytes = Array((test["note"]?.stringValue ?? "").utf8)
        let note = try? SignedNote(parsing: bytes)
        #expect(note?.isSigned(by: log.key) != true, "\(test["why"] ?? nil)")
    }

    @Test func `a note that is not exactly one is refused`() throws {
        let vectors = try Vectors.read("checkpoint_c2sp")
        let text = vectors["checkpoints"]?.arrayValue?[0]["note"]?.stringValue ?? ""
        #expect((try? SignedNote(parsing: Array(text.utf8))) != nil)
        for broken in [
            "", "\n", text + "\n", String(text.dropLast()), text.replacing("\n\n", with: "\n"),
            text.replacing("\u{2014} ", with: "- "), text.replacing("=", with: ""),
            text.replacing("\u{2014} ", with: "\u{2014}  "), text + "x\n", "a\u{7}b\n\n" + text,
        ] {
            #expect(throws: AuditLogError.self) {
                try SignedNote(parsing: Array(broken.utf8))
            }
        }
        for broken in [
            "log\n01\nSg18wPHQRkMkya5gtHO0XN01x0n2dJ9NbkY0hjlWmF0=\n", "log\n-1\nSg==\n",
            "log\n1\nSg==\n", "\n1\nSg18wPHQRkMkya5gtHO0XN01x0n2dJ9NbkY0hjlWmF0=\n", "log\n1\n",
        ] {
            #expect(throws: AuditLogError.self) { try Checkpoint(parsing: broken) }
        }
        let key = try NoteKey(name: "a", kind: .log, publicKey: [UInt8](repeating: 7, count: 32))
        #expect(throws: AuditLogError.self) {
            try NoteKey(parsing: key.description.replacing("a+", with: "b+"))
        }
        #expect(throws: AuditLogError.self) { try NoteKey(parsing: "a+b") }
        #expect(throws: AuditLogError.self) {
            try NoteKey(name: "a b", kind: .log, publicKey: key.publicKey)
        }
    }

    @Test func `a witness goes along with one history only`() throws {
        let signer = try NoteSigner(
            name: "fed/log",
            kind: .log,
            seed: [UInt8](repeating: 1, count: 32)
        )
        let other = try NoteSigner(
            name: "fed/log",
            kind: .log,
            seed: [UInt8](repeating: 2, count: 32)
        )
        func history(_ salt: UInt8, _ count: Int) -> MerkleTree {
            MerkleTree((0..<count).map { .leaf([$0 < 5 ? 0 : salt, UInt8($0)]) })
        }
        func note(_ tree: MerkleTree, by signer: NoteSigner) throws -> SignedNote {
            try Checkpoint(
                origin: "fed/log",
                size: Int64(tree.size),
                root: tree.root(size: tree.size)
            ).signed(by: signer)
        }
        let (real, fork) = (history(1, 12), history(2, 12))
        var witness = WitnessedLog(key: signer.key)
        #expect(throws: WitnessedLog.Refusal.notSigned) {
            try witness.accept(try note(real, by: other), proof: [])
        }
        #expect(try witness.accept(try note(history(1, 7), by: signer), proof: []).size == 7)
        let proof = real.consistencyProof(from: 7, to: 12) ?? []
        #expect(throws: WitnessedLog.Refusal.forked) {
            try witness.accept(
                try note(fork, by: signer),
                proof: fork.consistencyProof(from: 7, to: 12) ?? []
            )
        }
        #expect(witness.last?.size == 7)
        #expect(try witness.accept(try note(real, by: signer), proof: proof).size == 12)
        #expect(throws: WitnessedLog.Refusal.olderHistory) {
            try witness.accept(try note(history(1, 9), by: signer), proof: [])
        }
        #expect(throws: WitnessedLog.Refusal.splitView) {
            try witness.compare(try note(fork, by: signer), proof: [])
        }
        try witness.compare(try note(real, by: signer), proof: [])
        try witness.compare(try note(history(1, 7), by: signer), proof: proof)
    }
}
