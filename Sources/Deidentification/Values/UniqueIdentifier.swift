/// The form of unique identifiers (PS3.5 chapter 9).
enum UniqueIdentifier {
    /// Whether the text is digits and points, no component empty or with a leading zero.
    static func isValid(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && (part == "0" || part.first != "0")
        }
    }
}
