/// Checks proofs without the tree.
///
/// The iterative verifiers of RFC 9162 sections 2.1.3.2 and 2.1.4.2, whose proofs are those of RFC
/// 6962. A proof with a hash too many or too few fails.
package enum MerkleProof {
    /// Whether the leaf stands at `index` of the tree of `size` leaves with this root.
    package static func verifiesInclusion(
        of leaf: MerkleHash,
        index: Int64,
        size: Int64,
        root: MerkleHash,
        proof: [MerkleHash]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last) = (index, size - 1)
        var hash = leaf
        for sibling in proof {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = .node(sibling, hash)
                while place & 1 == 0 && place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                hash = .node(hash, sibling)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the tree with the new root continues that with the old one.
    package static func verifiesConsistency(
        oldSize: Int64,
        oldRoot: MerkleHash,
        newSize: Int64,
        newRoot: MerkleHash,
        proof: [MerkleHash]
    ) -> Bool {
        guard oldSize > 0, oldSize <= newSize else { return false }
        guard oldSize < newSize else { return proof.isEmpty && oldRoot == newRoot }
        var path = proof[...]
        if oldSize.nonzeroBitCount == 1 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var (place, last) = (oldSize - 1, newSize - 1)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        var (old, new) = (first, first)
        for hash in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                (old, new) = (.node(hash, old), .node(hash, new))
                while place & 1 == 0 && place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                new = .node(new, hash)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
