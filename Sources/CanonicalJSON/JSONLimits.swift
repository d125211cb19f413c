/// How large a document the parser accepts, so that hostile input costs bounded memory and stack.
package struct JSONLimits: Sendable, Hashable {
    /// The longest document, in bytes.
    package var maximumBytes: Int
    /// The deepest nesting of arrays and objects; a lone number has depth 0.
    package var maximumDepth: Int

    /// Sets both limits; the defaults are far above any message of this project (64 MiB, 32).
    package init(maximumBytes: Int = 64 << 20, maximumDepth: Int = 32) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
    }

    /// 64 MiB and a depth of 32.
    package static let standard = JSONLimits()
}
