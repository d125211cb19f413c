import Crypto

/// The hash of a leaf as RFC 6962 section 2.1 takes it: SHA-256 of a zero byte and the leaf.
///
/// The chain links these hashes now; the Merkle tree of a later version takes the same ones.
package enum LeafHash {
    /// What the first record names as the hash before it.
    package static let beforeFirst = String(repeating: "0", count: 64)

    /// The hash of a leaf, 64 lower-case hexadecimal digits.
    package static func of(_ leaf: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: [0])
        hash.update(data: leaf)
        let digits = Array("0123456789abcdef".utf8)
        let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
