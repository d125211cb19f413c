/// The complete subtrees of a tree, in memory or in a database: what roots and proofs are made of.
///
/// RFC 6962 sections 2.1.1 and 2.1.2. A root or a proof reads at most about log² subtrees.
package protocol MerkleSubtrees {
    /// Why a subtree cannot be read.
    associatedtype Failure: Error

    /// The number of leaves.
    var size: Int { get }

    /// The root over the `1 << level` leaves from `place << level` on; all of them are there.
    func subtree(level: Int, place: Int) throws(Failure) -> MerkleHash
}

extension MerkleSubtrees {
    /// The root over the first `size` leaves.
    package func root(size: Int) throws(Failure) -> MerkleHash {
        precondition((0...self.size).contains(size), "no such size")
        return size == 0 ? .empty : try hash(0..<size)
    }

    /// What shows that the leaf at `index` is in the tree of `size` leaves; nil if it is not.
    package func inclusionProof(index: Int, size: Int) throws(Failure) -> [MerkleHash]? {
        guard (0...self.size).contains(size), (0..<size).contains(index) else { return nil }
        return try path(index, in: 0..<size)
    }

    /// What shows that the tree of `newSize` leaves continues that of `oldSize`, at least 1; nil
    /// for sizes the tree never had.
    package func consistencyProof(
        from oldSize: Int,
        to newSize: Int
    ) throws(Failure) -> [MerkleHash]? {
        guard (1...max(1, newSize)).contains(oldSize), newSize <= size else { return nil }
        return try subproof(oldSize, in: 0..<newSize, isWhole: true)
    }

    private func path(_ index: Int, in range: Range<Int>) throws(Failure) -> [MerkleHash] {
        guard range.count > 1 else { return [] }
        let (left, right) = Self.halves(range)
        return left.contains(index)
            ? try path(index, in: left) + [try hash(right)]
            : try path(index, in: right) + [try hash(left)]
    }

    private func subproof(
        _ old: Int,
        in range: Range<Int>,
        isWhole: Bool
    ) throws(Failure) -> [MerkleHash] {
        if old == range.upperBound { return isWhole ? [] : [try hash(range)] }
        let (left, right) = Self.halves(range)
        return old <= left.upperBound
            ? try subproof(old, in: left, isWhole: isWhole) + [try hash(right)]
            : try subproof(old, in: right, isWhole: false) + [try hash(left)]
    }

    private func hash(_ range: Range<Int>) throws(Failure) -> MerkleHash {
        let level = range.count.trailingZeroBitCount
        if range.count == 1 << level && range.lowerBound % range.count == 0 {
            return try subtree(level: level, place: range.lowerBound >> level)
        }
        let (left, right) = Self.halves(range)
        return .node(try hash(left), try hash(right))
    }

    /// The left part is the largest power of two below the count, which is at least 2.
    private static func halves(_ range: Range<Int>) -> (Range<Int>, Range<Int>) {
        let count = 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
        let middle = range.lowerBound + count
        return (range.lowerBound..<middle, middle..<range.upperBound)
    }
}
