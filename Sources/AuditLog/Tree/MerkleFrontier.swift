/// The right edge of a growing tree: enough to append and to know the root at every size.
///
/// One hash for each bit of the size, of the complete subtrees from left to right.
package struct MerkleFrontier: Sendable, Hashable {
    /// The number of leaves.
    package private(set) var size: Int64 = 0
    /// The roots of the complete subtrees, the largest first.
    package private(set) var edge: [MerkleHash] = []

    /// An empty tree.
    package init() {}

    /// A tree of this size with these subtrees; nil if they are not as many as the size has bits.
    package init?(size: Int64, edge: [MerkleHash]) {
        guard size >= 0, edge.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.edge = edge
    }

    /// Appends a leaf.
    package mutating func append(_ leaf: MerkleHash) {
        var hash = leaf
        var bits = size
        while bits & 1 == 1 {
            hash = .node(edge.removeLast(), hash)
            bits >>= 1
        }
        edge.append(hash)
        size += 1
    }

    /// The root of the tree as it is now.
    package var root: MerkleHash {
        guard var hash = edge.last else { return .empty }
        for left in edge.dropLast().reversed() { hash = .node(left, hash) }
        return hash
    }
}
