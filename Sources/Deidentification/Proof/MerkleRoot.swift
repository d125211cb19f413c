import Crypto

/// The root of a tree of hashes (RFC 6962 section 2.1), by which a list of digests is named.
enum MerkleRoot {
    /// The root over leaves in order; of no leaves, the hash of nothing.
    static func of(_ leaves: [[UInt8]]) -> [UInt8] {
        guard !leaves.isEmpty else { return Array(SHA256.hash(data: [UInt8]())) }
        return root(leaves[...])
    }

    private static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        if leaves.count == 1, let leaf = leaves.first { return hash([0] + leaf) }
        var left = 1
        while left * 2 < leaves.count { left *= 2 }
        return hash([1] + root(leaves.prefix(left)) + root(leaves.dropFirst(left)))
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
