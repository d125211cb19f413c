/// A record as it lies in a store: its number, the exact bytes and their hash.
package struct StoredAuditLeaf: Sendable, Hashable {
    /// The number of the row.
    package var sequence: Int64
    /// The exact bytes of the record.
    package var leaf: [UInt8]
    /// Their hash as a leaf of the tree.
    package var hash: MerkleHash

    /// A stored record.
    package init(sequence: Int64, leaf: [UInt8], hash: MerkleHash) {
        self.sequence = sequence
        self.leaf = leaf
        self.hash = hash
    }
}
