/// A whole tree, for proofs: the hashes of all leaves and of all complete subtrees.
///
/// RFC 6962 sections 2.1.1 and 2.1.2. Twice as many hashes as leaves: 64 MB for a million records.
package struct MerkleTree: Sendable {
    private var levels: [[MerkleHash]] = [[]]

    /// A tree of leaf hashes.
    package init(_ leaves: some Sequence<MerkleHash> = []) {
        for leaf in leaves { append(leaf) }
    }

    /// The number of leaves.
    package var size: Int { levels[0].count }

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

    /// The root over the first `size` leaves.
    package func root(size: Int) -> MerkleHash {
        precondition((0...self.size).contains(size), "no such size")
        return size == 0 ? .empty : hash(0..<size)
    }

    /// What shows that the leaf at `index` is in the tree of `size` leaves; nil if it is not.
    package func inclusionProof(index: Int, size: Int) -> [MerkleHash]? {
        guard (0...self.size).contains(size), (0..<size).contains(index) else { return nil }
        return path(index, in: 0..<size)
    }

    /// What shows that the tree of `newSize` leaves continues that of `oldSize`, at least 1.
    package func consistencyProof(from oldSize: Int, to newSize: Int) -> [MerkleHash]? {
        guard (1...max(1, newSize)).contains(oldSize), newSize <= size else { return nil }
        return subproof(oldSize, in: 0..<newSize, isWhole: true)
    }

    private func path(_ index: Int, in range: Range<Int>) -> [MerkleHash] {
        guard range.count > 1 else { return [] }
        let middle = range.lowerBound + Self.split(range.count)
        return index < middle
            ? path(index, in: range.lowerBound..<middle) + [hash(middle..<range.upperBound)]
            : path(index, in: middle..<range.upperBound) + [hash(range.lowerBound..<middle)]
    }

    private func subproof(_ old: Int, in range: Range<Int>, isWhole: Bool) -> [MerkleHash] {
        if old == range.upperBound { return isWhole ? [] : [hash(range)] }
        let middle = range.lowerBound + Self.split(range.count)
        return old <= middle
            ? subproof(old, in: range.lowerBound..<middle, isWhole: isWhole)
                + [hash(middle..<range.upperBound)]
            : subproof(old, in: middle..<range.upperBound, isWhole: false)
                + [hash(range.lowerBound..<middle)]
    }

    private func hash(_ range: Range<Int>) -> MerkleHash {
        let level = range.count.trailingZeroBitCount
        if range.count == 1 << level && range.lowerBound % range.count == 0 {
            return levels[level][range.lowerBound >> level]
        }
        let middle = range.lowerBound + Self.split(range.count)
        return .node(hash(range.lowerBound..<middle), hash(middle..<range.upperBound))
    }

    /// The largest power of two below `count`, which is at least 2.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
