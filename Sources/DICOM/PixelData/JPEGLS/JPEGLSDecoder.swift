import CCharLS

/// JPEG-LS lossless and near-lossless (ITU-T T.87), through CharLS.
enum JPEGLSDecoder {
    private enum Refusal: Error {
        /// A `charls_jpegls_errc`.
        case library(UInt32)
        case codestream(CodestreamError)
    }

    /// Decodes one frame.
    ///
    /// Zero bytes between the data and EOI, which some encoders wrote to get an even length and
    /// which CharLS 2.3 and later refuse, are taken out when that is what it stumbles over.
    ///
    /// `bytes` are one whole JPEG-LS stream, all fragments joined.
    static func decode(
        _ bytes: [UInt8],
        shape: FrameShape
    ) throws(CodestreamError) -> CodestreamImage {
        switch attempt(bytes, shape) {
        case .success(let image): return image
        case .failure(.codestream(let error)): throw error
        case .failure(.library(let code)):
            if code == CHARLS_JPEGLS_ERRC_JPEG_MARKER_START_BYTE_NOT_FOUND.rawValue,
                let trimmed = withoutPaddingBeforeEnd(bytes),
                case .success(let image) = attempt(trimmed, shape)
            {
                return image
            }
            throw error(code)
        }
    }

    private static func attempt(
        _ bytes: [UInt8],
        _ shape: FrameShape
    ) -> Result<CodestreamImage, Refusal> {
        // Beyond the last byte CharLS 2.4.1 reads zero bits, 2^31 of them in the worst case; at a
        // marker it stops. So there always is one.
        let ended = bytes + [0xFF, 0xD9]
        // CharLS keeps the pointer between its calls, so all of them stay within this scope.
        return unsafe ended.withUnsafeBytes { source in
            Result { () throws(Refusal) in try unsafe decode(source, shape) }
        }
    }

    private static func decode(
        _ source: UnsafeRawBufferPointer,
        _ shape: FrameShape
    ) throws(Refusal) -> CodestreamImage {
        guard let base = source.baseAddress, let decoder = unsafe charls_jpegls_decoder_create()
        else { throw .codestream(.truncated("no bytes, or no memory for a JPEG-LS decoder")) }
        defer { unsafe charls_jpegls_decoder_destroy(decoder) }
        var frame = charls_frame_info()
        var interleave = CHARLS_INTERLEAVE_MODE_NONE
        try require(unsafe charls_jpegls_decoder_set_source_buffer(decoder, base, source.count))
        try require(unsafe charls_jpegls_decoder_read_header(decoder))
        try require(unsafe charls_jpegls_decoder_get_frame_info(decoder, &frame))
        try require(unsafe charls_jpegls_decoder_get_interleave_mode(decoder, &interleave))
        do throws(CodestreamError) {
            try shape.require(
                rows: Int(frame.height),
                columns: Int(frame.width),
                samplesPerPixel: Int(frame.component_count)
            )
        } catch {
            throw .codestream(error)
        }
        var samples =
            frame.bits_per_sample <= 8
            ? try unsafe readSamples(decoder, as: UInt8.self, shape)
            : try unsafe readSamples(decoder, as: UInt16.self, shape)
        if shape.samplesPerPixel > 1, interleave == CHARLS_INTERLEAVE_MODE_NONE {
            samples = Planes.interleaved(samples, planes: shape.samplesPerPixel)
        }
        return CodestreamImage(samples: samples, precision: Int(frame.bits_per_sample))
    }

    private static func readSamples<Word: FixedWidthInteger & BitwiseCopyable>(
        _ decoder: OpaquePointer,
        as type: Word.Type,
        _ shape: FrameShape
    ) throws(Refusal) -> [Int32] {
        var buffer = [Word](repeating: 0, count: shape.sampleCount)
        let code = unsafe buffer.withUnsafeMutableBytes { target in
            guard let base = target.baseAddress else {
                return CHARLS_JPEGLS_ERRC_DESTINATION_BUFFER_TOO_SMALL
            }
            return unsafe charls_jpegls_decoder_decode_to_buffer(decoder, base, target.count, 0)
        }
        try require(code)
        return buffer.map { Int32(truncatingIfNeeded: $0) }
    }

    private static func require(_ code: charls_jpegls_errc) throws(Refusal) {
        guard code == CHARLS_JPEGLS_ERRC_SUCCESS else { throw .library(code.rawValue) }
    }

    /// The stream without zero bytes directly before its EOI; nil if there are none.
    private static func withoutPaddingBeforeEnd(_ bytes: [UInt8]) -> [UInt8]? {
        guard let last = bytes.lastIndex(of: 0xD9), last >= 2, bytes[last - 1] == 0xFF else {
            return nil
        }
        var end = last - 1
        while end > 0, bytes[end - 1] == 0 { end -= 1 }
        guard end < last - 1 else { return nil }
        return bytes[..<end] + [0xFF, 0xD9]
    }

    private static func error(_ code: UInt32) -> CodestreamError {
        let text = "CharLS error \(code)"
        switch charls_jpegls_errc(rawValue: code) {
        case CHARLS_JPEGLS_ERRC_SOURCE_BUFFER_TOO_SMALL: return .truncated(text)
        case CHARLS_JPEGLS_ERRC_ENCODING_NOT_SUPPORTED,
            CHARLS_JPEGLS_ERRC_PARAMETER_VALUE_NOT_SUPPORTED,
            CHARLS_JPEGLS_ERRC_COLOR_TRANSFORM_NOT_SUPPORTED,
            CHARLS_JPEGLS_ERRC_BIT_DEPTH_FOR_TRANSFORM_NOT_SUPPORTED:
            return .unsupported(text)
        default: return .malformed(text)
        }
    }
}
