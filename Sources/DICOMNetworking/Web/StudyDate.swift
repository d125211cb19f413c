/// A day of the calendar, written `2025-01-31` or `20250131`.
package struct StudyDate: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The form of DA (PS3.5 section 6.2).
    let digits: String

    /// Reads a day; nil if it is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard digits.utf8.count == 8, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            parts.count == 1 || parts.map(\.count) == [4, 2, 2],
            let month = Int(digits.dropFirst(4).prefix(2)), (1...12).contains(month),
            let day = Int(digits.suffix(2)), (1...31).contains(day)
        else { return nil }
        self.digits = digits
    }

    /// The form `2025-01-31`.
    package var description: String {
        "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
    }
}
