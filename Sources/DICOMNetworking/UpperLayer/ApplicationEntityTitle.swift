/// The name of an application entity: 1 to 16 characters of the default repertoire (PS3.5 AE).
package struct ApplicationEntityTitle: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The title without padding.
    package let rawValue: String

    /// A title; spaces at both ends are padding.
    ///
    /// Nil if it is empty or longer, or has a backslash, a control character or one beyond ASCII.
    package init?(_ text: String) {
        let trimmed = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        let title = String(trimmed)
        guard (1...16).contains(title.utf8.count),
            title.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x5C })
        else { return nil }
        rawValue = title
    }

    package var description: String { rawValue }

    /// The 16 bytes of an association's PDU, padded with spaces.
    var field: [UInt8] {
        let bytes = Array(rawValue.utf8)
        return bytes + [UInt8](repeating: 0x20, count: 16 - bytes.count)
    }
}
