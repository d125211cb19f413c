/// A whole tree in memory: the hashes of all leaves and of all complete subtrees.
///
/// Twice as many hashes as leaves: 64 MB for a million records.
package struct MerkleTree: Sendable, MerkleSubtrees {
    private var levels: [[MerkleHash]] = [[]]

    /// A tree of leaf hashes.
    package init(_ leaves: some Sequence<MerkleHash> = []) {
        for leaf in leaves { append(leaf) }
    }

    /// The number of leaves.
    package var size: Int { levels[0].count }

    /// The root of a complete subtree.
    package func subtree(level: Int, place: Int) throws(Never) -> MerkleHash {
        levels[level][place]
    }

    /// Appends a leaf hash.
    package mutating func append(_ leaf: MerkleHash) {
        levels[0].append(leaf)
        var level = 0
        while levels[level].count % 2 == 0 {
            let count = levels[level].count
            let parent = MerkleHash.node(levels[level][count - 2], levels[level][count - 1])
            level += 1
            if levels.count == level { levels.append([]) }
            levels[level].append(parent)
        }
    }
}
