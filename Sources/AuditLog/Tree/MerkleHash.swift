import Crypto
import Foundation

/// A hash of the tree: SHA-256 over a leaf or over two hashes, told apart by their first byte.
///
/// RFC 6962 section 2.1. Four words instead of an array: a million of them cost no allocation.
package struct MerkleHash: Sendable, Hashable, CustomStringConvertible {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    private init(_ digest: SHA256.Digest) {
        words = unsafe digest.withUnsafeBytes { bytes in
            (
                unsafe bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                unsafe bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                unsafe bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
    }

    /// The hash of 32 bytes; nil for another count.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words = [UInt64](repeating: 0, count: 4)
        for (index, byte) in bytes.enumerated() {
            words[index / 8] |= UInt64(byte) << (8 * UInt64(index % 8))
        }
        let little = words.map(UInt64.init(littleEndian:))
        self.words = (little[0], little[1], little[2], little[3])
    }

    /// The hash of 64 lower-case hexadecimal digits.
    package init?(hex: String) {
        guard AuditField.isHex(hex, digits: 64) else { return nil }
        let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        self.init(bytes: (0..<32).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] })
    }

    /// The hashes of a proof as a message carries them; throws `invalidField`.
    package static func list(hex texts: [String]) throws(AuditLogError) -> [MerkleHash] {
        guard texts.count <= 128 else { throw AuditLogError(.invalidField, field: "proof") }
        var hashes: [MerkleHash] = []
        for text in texts {
            guard let hash = MerkleHash(hex: text) else {
                throw AuditLogError(.invalidField, field: "proof")
            }
            hashes.append(hash)
        }
        return hashes
    }

    /// The hash of 64 bytes that are lower-case hexadecimal digits, as a scanner has checked.
    init?(hexDigits digits: ArraySlice<UInt8>) {
        guard digits.count == 64 else { return nil }
        var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        unsafe withUnsafeMutableBytes(of: &words) { bytes in
            var place = digits.startIndex
            for index in 0..<32 {
                let (high, low) = (digits[place], digits[place + 1])
                unsafe bytes[index] =
                    (high < 58 ? high &- 48 : high &- 87) << 4
                    | (low < 58 ? low &- 48 : low &- 87)
                place += 2
            }
        }
        self.words = words
    }

    private static let leafPrefix: [UInt8] = [0]
    private static let nodePrefix: [UInt8] = [1]

    /// The hash of a leaf.
    package static func leaf(_ bytes: [UInt8]) -> MerkleHash {
        var hash = SHA256()
        hash.update(data: leafPrefix)
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return MerkleHash(hash.finalize())
    }

    /// The hash of two neighbours.
    package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        var hash = SHA256()
        hash.update(data: nodePrefix)
        unsafe withUnsafeBytes(of: left.words) { unsafe hash.update(bufferPointer: $0) }
        unsafe withUnsafeBytes(of: right.words) { unsafe hash.update(bufferPointer: $0) }
        return MerkleHash(hash.finalize())
    }

    /// 32 zero bytes: what the first record names as the hash before it.
    package static let zero = MerkleHash(words: (0, 0, 0, 0))

    /// The root of a tree without leaves: the hash of nothing.
    package static let empty = MerkleHash(SHA256.hash(data: [UInt8]()))

    /// The 32 bytes.
    package var bytes: [UInt8] {
        unsafe withUnsafeBytes(of: words) { unsafe Array($0) }
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String {
        unsafe String(unsafeUninitializedCapacity: 64) { buffer in
            unsafe withUnsafeBytes(of: words) { bytes in
                for index in 0..<32 {
                    let byte = unsafe bytes[index]
                    unsafe buffer[2 * index] = Self.digit(byte >> 4)
                    unsafe buffer[2 * index + 1] = Self.digit(byte & 15)
                }
            }
            return 64
        }
    }

    /// The digits.
    package var description: String { hex }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    package static func == (left: MerkleHash, right: MerkleHash) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
