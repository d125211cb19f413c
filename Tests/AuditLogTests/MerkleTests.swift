import AuditLog
import CanonicalJSON
import Testing

@Suite struct MerkleTests {
    private typealias Vectors = SecurityVectors

    private func number(_ value: JSONValue?) -> Int64 { value?.integerValue ?? -1 }

    @Test func `leaf hashes and the root at every size`() throws {
        let vectors = try Vectors.read("merkle_rfc6962")
        let leaves = (vectors["leaves_hex"]?.arrayValue ?? []).map(Vectors.bytes)
        let roots = Vectors.hashes(vectors["roots_by_size"])
        #expect(leaves.count == 32 && roots.count == 33)
        #expect(leaves.map(MerkleHash.leaf) == Vectors.hashes(vectors["leaf_hashes"]))
        var frontier = MerkleFrontier()
        let tree = MerkleTree(leaves.map(MerkleHash.leaf))
        for size in 0...leaves.count {
            #expect(frontier.root == roots[size])
            #expect(tree.root(size: size) == roots[size])
            #expect(MerkleFrontier(size: frontier.size, edge: frontier.edge) == frontier)
            if size < leaves.count { frontier.append(.leaf(leaves[size])) }
        }
    }

    @Test func `inclusion proofs, valid and broken`() throws {
        let vectors = try Vectors.read("merkle_rfc6962")
        let tree = MerkleTree(Vectors.hashes(vectors["leaf_hashes"]))
        let cases = vectors["inclusion"]?.arrayValue ?? []
        #expect(cases.count == 98)
        for test in cases {
            let proof = Vectors.hashes(test["proof"])
            let verdict = MerkleProof.verifiesInclusion(
                of: Vectors.hash(test["leaf_hash"]),
                index: number(test["index"]),
                size: number(test["size"]),
                root: Vectors.hash(test["root"]),
                proof: proof
            )
            #expect(verdict == test["valid"]?.boolValue, "\(test["why"] ?? nil)")
            guard verdict else { continue }
            let own = tree.inclusionProof(
                index: Int(number(test["index"])),
                size: Int(number(test["size"]))
            )
            #expect(own == proof)
        }
    }

    @Test func `consistency proofs, valid and broken`() throws {
        let vectors = try Vectors.read("merkle_rfc6962")
        let tree = MerkleTree(Vectors.hashes(vectors["leaf_hashes"]))
        let cases = vectors["consistency"]?.arrayValue ?? []
        #expect(cases.count >= 30)
        for test in cases {
            let proof = Vectors.hashes(test["proof"])
            let (old, new) = (number(test["old_size"]), number(test["new_size"]))
            let verdict = MerkleProof.verifiesConsistency(
                oldSize: old,
                oldRoot: Vectors.hash(test["old_root"]),
                newSize: new,
                newRoot: Vectors.hash(test["new_root"]),
                proof: proof
            )
            #expect(verdict == test["valid"]?.boolValue, "\(test["why"] ?? nil)")
            guard verdict else { continue }
            #expect(tree.consistencyProof(from: Int(old), to: Int(new)) == proof)
        }
    }

    @Test func `every proof of every size up to 70 verifies, and none of another leaf`() {
        let leaves = (0..<70).map { MerkleHash.leaf([UInt8($0)]) }
        let tree = MerkleTree(leaves)
        for size in 1...70 {
            let root = tree.root(size: size)
            for index in 0..<size {
                let proof = tree.inclusionProof(index: index, size: size) ?? []
                func verifies(_ leaf: Int) -> Bool {
                    MerkleProof.verifiesInclusion(
                        of: leaves[leaf],
                        index: Int64(index),
                        size: Int64(size),
                        root: root,
                        proof: proof
                    )
                }
                #expect(verifies(index))
                #expect(!verifies((index + 1) % 70))
                #expect(
                    MerkleProof.verifiesConsistency(
                        oldSize: Int64(index + 1),
                        oldRoot: tree.root(size: index + 1),
                        newSize: Int64(size),
                        newRoot: root,
                        proof: tree.consistencyProof(from: index + 1, to: size) ?? [.empty]
                    )
                )
            }
        }
    }

    @Test func `hashes as digits and bytes`() {
        let hash = MerkleHash.leaf([1, 2, 3])
        #expect(MerkleHash(hex: hash.hex) == hash)
        #expect(MerkleHash(bytes: hash.bytes) == hash)
        #expect(MerkleHash(hex: "ab") == nil)
        #expect(MerkleHash(hex: hash.hex.uppercased()) == nil)
        #expect(MerkleHash(bytes: [1]) == nil)
    }
}
