/// How a blob is cut into numbered parts of equal size, the last one possibly shorter.
package struct BlobParts: Sendable, Hashable {
    /// The size of the blob.
    package let bytes: Int
    /// The size of every part but the last.
    package let partBytes: Int

    /// Cuts `bytes` into parts of `partBytes`; both are positive.
    package init(bytes: Int, partBytes: Int = Limits.partBytes) {
        precondition(bytes > 0 && partBytes > 0, "a blob and its parts are not empty")
        self.bytes = bytes
        self.partBytes = partBytes
    }

    /// How many parts there are.
    package var count: Int { (bytes + partBytes - 1) / partBytes }

    /// The bytes of part `index`, or nil beyond the last.
    package func range(of index: Int) -> Range<Int>? {
        guard (0..<count).contains(index) else { return nil }
        return index * partBytes..<min((index + 1) * partBytes, bytes)
    }
}
