/// The letters audit fields are made of: codes, ids, digests; no free text.
enum AuditField {
    /// The longest value: `run/round/site` of three longest ids fits.
    static let lengthMaxBytes = 255

    /// Whether the value is 1 to 255 of letters, digits and `. : / _ + -`.
    static func isToken(_ value: String) -> Bool {
        (1...lengthMaxBytes).contains(value.utf8.count) && value.utf8.allSatisfy(isTokenByte)
    }

    /// Whether the value is so many lower-case hexadecimal digits.
    static func isHex(_ value: String, digits: Int) -> Bool {
        value.utf8.count == digits
            && value.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// Whether the byte may stand in a token.
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        // Letters, digits and colon, and + - . / _ one by one.
        case 48...58, 65...90, 97...122, 43, 45, 46, 47, 95: true
        default: false
        }
    }
}
