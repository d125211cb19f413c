package import Crypto
package import Foundation

/// A SHA-256 digest (FIPS 180-4), written as 64 lower-case hexadecimal digits.
package struct SHA256Digest: RawRepresentable, Hashable, Sendable, Codable, Comparable {
    /// The 64 digits.
    package let rawValue: String

    /// The digest of these digits, or nil unless they are 64 of `0` to `9`, `a` to `f`.
    package init?(rawValue: String) {
        guard rawValue.utf8.count == 64, rawValue.utf8.allSatisfy(SHA256Digest.isDigit) else {
            return nil
        }
        self.rawValue = rawValue
    }

    /// The digest of these digits; throws `invalidDigest` unless they are well formed.
    package init(validating text: String) throws(FederationError) {
        guard let digest = SHA256Digest(rawValue: text) else {
            throw FederationError(
                .invalidDigest,
                "a SHA-256 digest is 64 lower-case hexadecimal digits"
            )
        }
        self = digest
    }

    /// The digest of bytes in memory.
    package init(hashing bytes: some DataProtocol) {
        self.init(finalized: SHA256.hash(data: bytes))
    }

    /// A digest that was computed in steps.
    package init(finalized digest: SHA256.Digest) {
        var text = ""
        text.reserveCapacity(64)
        for byte in digest {
            text.append(SHA256Digest.digits[Int(byte >> 4)])
            text.append(SHA256Digest.digits[Int(byte & 15)])
        }
        rawValue = text
    }

    /// The digest of a file, read in blocks of 1 MiB; throws `fileAccess`.
    package init(ofFile url: URL) throws(FederationError) {
        let file = try BlockFile(reading: url)
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var offset = 0
        while true {
            let count = try file.read(into: &buffer, at: offset)
            guard count > 0 else { break }
            hash.update(data: buffer[..<count])
            offset += count
        }
        self.init(finalized: hash.finalize())
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        let nibbles = rawValue.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return (0..<nibbles.count / 2).map { nibbles[2 * $0] << 4 | nibbles[2 * $0 + 1] }
    }

    /// Bytewise order.
    package static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    private static let digits: [Character] = Array("0123456789abcdef")

    private static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte)
    }
}

extension SHA256Digest: CustomStringConvertible {
    /// The 64 digits.
    package var description: String { rawValue }
}
