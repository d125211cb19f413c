/// Why the bytes of one compressed frame could not become samples.
///
/// The codecs know bytes only; ``PixelDecoder`` turns this into a ``DICOMError`` at Pixel Data.
struct CodestreamError: Error, Hashable {
    /// What kind of failure it was.
    enum Code: Hashable {
        /// The bytes end before the last sample.
        case truncated
        /// The bytes break the rules of the format.
        case malformed
        /// The format allows it, this decoder does not.
        case unsupported
        /// The codestream says another size than the data set.
        case mismatch
    }

    let code: Code
    let message: String
    /// Offset in the joined bytes of the frame, where one is known.
    let offset: Int?

    static func truncated(_ message: String, at offset: Int? = nil) -> Self {
        Self(code: .truncated, message: message, offset: offset)
    }

    static func malformed(_ message: String, at offset: Int? = nil) -> Self {
        Self(code: .malformed, message: message, offset: offset)
    }

    static func unsupported(_ message: String, at offset: Int? = nil) -> Self {
        Self(code: .unsupported, message: message, offset: offset)
    }

    static func mismatch(_ message: String, at offset: Int? = nil) -> Self {
        Self(code: .mismatch, message: message, offset: offset)
    }
}
