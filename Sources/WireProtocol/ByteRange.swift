/// One range of bytes as `Range` and `Content-Range` write it (RFC 9110 section 14).
package struct ByteRange: Sendable, Hashable {
    /// The first byte and the one after the last.
    package let bytes: Range<Int>

    /// Makes a range that is not empty.
    package init(_ bytes: Range<Int>) {
        precondition(!bytes.isEmpty, "a byte range has at least one byte")
        self.bytes = bytes
    }

    /// Reads `bytes=<first>-<last>`; nil for any other form, for several ranges, or beyond `total`.
    package init?(header: String, total: Int) {
        guard header.hasPrefix("bytes=") else { return nil }
        let ends = header.dropFirst("bytes=".count).split(
            separator: "-",
            omittingEmptySubsequences: false
        )
        guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]),
            first >= 0, first <= last, last < total
        else { return nil }
        bytes = first..<(last + 1)
    }

    /// The value of the `Range` field.
    package var requestHeader: String { "bytes=\(bytes.lowerBound)-\(bytes.upperBound - 1)" }

    /// The value of the `Content-Range` field.
    package func responseHeader(total: Int) -> String {
        "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(total)"
    }
}
