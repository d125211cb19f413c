/// The hash of a leaf as RFC 6962 section 2.1 takes it: SHA-256 of a zero byte and the leaf.
///
/// The chain links these hashes and the Merkle tree is built of them.
package enum LeafHash {
    /// What the first record names as the hash before it.
    package static let beforeFirst = String(repeating: "0", count: 64)

    /// The hash of a leaf, 64 lower-case hexadecimal digits.
    package static func of(_ leaf: [UInt8]) -> String { MerkleHash.leaf(leaf).hex }
}
