/// A text broken into lines.
package enum FoldedText {
    /// Breaks a text at spaces, and inside a word only when the word is longer than the line.
    package static func lines(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        for word in text.split(separator: " ") {
            var rest = String(word)
            if !current.isEmpty, current.count + 1 + rest.count <= width {
                current += " " + rest
                continue
            }
            if !current.isEmpty { lines.append(current) }
            while rest.count > width {
                lines.append(String(rest.prefix(width)))
                rest = String(rest.dropFirst(width))
            }
            current = rest
        }
        return lines + (current.isEmpty && !lines.isEmpty ? [] : [current])
    }
}
