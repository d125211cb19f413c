/// Wild card matching of PS3.4 section C.2.2.2.4: `*` is any text, `?` one character; case is ignored.
package struct WildcardPattern: Sendable, Hashable {
    private let pattern: [Character]

    /// A pattern.
    package init(_ pattern: String) { self.pattern = Array(pattern.uppercased()) }

    /// Whether the pattern matches a whole text.
    package func matches(_ text: String) -> Bool {
        let text = Array(text.uppercased())
        var (at, place) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while place < text.count {
            if at < pattern.count, pattern[at] == "?" || pattern[at] == text[place] {
                at += 1
                place += 1
            } else if at < pattern.count, pattern[at] == "*" {
                star = (at, place)
                at += 1
            } else if let last = star {
                // Let the last asterisk take one character more.
                star = (last.pattern, last.text + 1)
                (at, place) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
