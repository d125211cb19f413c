import AuditLog
import CanonicalJSON

/// The audit log's tree and its signed checkpoints; these files have sections instead of cases.
enum SecurityKinds {
    static let all = [
        VectorKind(name: "merkle_rfc6962", compute: merkle, expected: merkleExpected),
        VectorKind(name: "checkpoint_c2sp", compute: checkpoint, expected: checkpointExpected),
    ]

    private static func merkleExpected(_ item: JSONValue) throws -> JSONValue {
        if let verdict = item["valid"] { return ["valid": verdict] }
        return [
            "leaf_hashes": item["leaf_hashes"] ?? nil,
            "roots_by_size": item["roots_by_size"] ?? nil,
        ]
    }

    private static func merkle(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        if item["old_size"] != nil {
            return [
                "valid": .bool(
                    MerkleProof.verifiesConsistency(
                        oldSize: Int64(try root.member("old_size").count()),
                        oldRoot: try hash(root.member("old_root")),
                        newSize: Int64(try root.member("new_size").count()),
                        newRoot: try hash(root.member("new_root")),
                        proof: try root.member("proof").elements().map(hash)
                    )
                )
            ]
        }
        if item["leaf_hash"] != nil {
            return [
                "valid": .bool(
                    MerkleProof.verifiesInclusion(
                        of: try hash(root.member("leaf_hash")),
                        index: Int64(try root.member("index").count()),
                        size: Int64(try root.member("size").count()),
                        root: try hash(root.member("root")),
                        proof: try root.member("proof").elements().map(hash)
                    )
                )
            ]
        }
        let leaves = try root.member("leaves_hex").elements().map {
            MerkleHash.leaf(try bytes($0))
        }
        var frontier = MerkleFrontier()
        var roots = [frontier.root]
        for leaf in leaves {
            frontier.append(leaf)
            roots.append(frontier.root)
        }
        return [
            "leaf_hashes": .array(leaves.map { .string($0.hex) }),
            "roots_by_size": .array(roots.map { .string($0.hex) }),
        ]
    }

    private static func checkpointExpected(_ item: JSONValue) throws -> JSONValue {
        if item["valid"]?.boolValue == false { return ["valid": false] }
        let names = ["body", "note", "note_with_cosignatures", "valid", "vkey", "key_id_hex"]
        let members = names.compactMap { name in item[name].map { (name, $0) } }
        return .object(Dictionary(members) { first, _ in first })
    }

    private static func checkpoint(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let log = try signer(root.member("log"), .log)
        if item["valid"]?.boolValue == false { return try broken(root, log) }
        if item["root_hex"] == nil {
            return [
                "vkey": .string(log.key.description),
                "key_id_hex": .string(log.key.id.map(Self.digits).joined()),
            ]
        }
        let checkpoint = Checkpoint(
            origin: log.key.name,
            size: Int64(try root.member("size").count()),
            root: try hash(root.member("root_hex"))
        )
        var note = try checkpoint.signed(by: log)
        let signed = String(decoding: note.encoded, as: UTF8.self)
        let witnesses = try root.member("witnesses").elements().map { try signer($0, .witness) }
        for cosignature in try root.member("cosignatures").elements() {
            let name = try cosignature.member("witness").text()
            guard let witness = witnesses.first(where: { $0.key.name == name }) else {
                throw CaseProblem("an unknown witness")
            }
            try note.cosign(with: witness, at: UInt64(try cosignature.member("time").count()))
        }
        return [
            "body": .string(checkpoint.text), "note": .string(signed),
            "note_with_cosignatures": .string(String(decoding: note.encoded, as: UTF8.self)),
            "valid": .bool((try SignedNote(parsing: note.encoded)).isSigned(by: log.key)),
        ]
    }

    private static func broken(_ root: CaseReader, _ log: NoteSigner) throws -> JSONValue {
        let note = try? SignedNote(parsing: Array(try root.member("note").text().utf8))
        return ["valid": .bool(note?.isSigned(by: log.key) == true)]
    }

    private static func signer(
        _ reader: CaseReader,
        _ kind: NoteKey.Kind
    ) throws -> NoteSigner {
        try NoteSigner(
            name: try reader.member("name").text(),
            kind: kind,
            seed: try bytes(reader.member("private_seed_hex"))
        )
    }

    private static func hash(_ reader: CaseReader) throws -> MerkleHash {
        guard let hash = MerkleHash(hex: try reader.text()) else {
            throw CaseProblem("a hash is not one")
        }
        return hash
    }

    private static func bytes(_ reader: CaseReader) throws -> [UInt8] {
        let digits = Array(try reader.text().utf8)
        guard digits.count % 2 == 0,
            digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { throw CaseProblem("bytes are not hexadecimal") }
        let values = digits.map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return (0..<values.count / 2).map { values[2 * $0] << 4 | values[2 * $0 + 1] }
    }

    private static func digits(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
