/// The letters and length of the ids that people choose and programs put into paths.
enum IdentifierRule {
    /// The longest id: one DNS label, so that an id can be a host name.
    static let lengthMax = 63

    /// The rule as the end of a sentence.
    static let inWords = "1 to 63 of a to z, 0 to 9 and -, not beginning or ending with -"

    /// Whether the text keeps the rule.
    static func allows(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last else { return false }
        return bytes.count <= lengthMax
            && bytes.allSatisfy(isAllowed) && first != hyphen && last != hyphen
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen:
            true
        default: false
        }
    }
}
