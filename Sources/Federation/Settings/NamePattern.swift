/// A pattern of names in which `*` stands for any letters.
package struct NamePattern: Sendable, Hashable {
    private let pattern: [UInt8]

    /// Reads a pattern.
    package init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

    /// Whether a whole name matches.
    package func matches(_ name: String) -> Bool {
        // Remember the last star and the place it was tried at: linear, without recursion.
        var (name, pattern) = (Array(name.utf8)[...], pattern[...])
        var retry: (name: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
        while let letter = name.first {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (name, pattern)
            } else if pattern.first == letter {
                name = name.dropFirst()
                pattern = pattern.dropFirst()
            } else if let last = retry {
                name = last.name.dropFirst()
                pattern = last.pattern
                retry = (name, pattern)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
