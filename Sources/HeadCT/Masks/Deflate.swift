import CZlib

/// zlib and gzip streams, with a limit on what comes out.
enum Deflate {
    /// The wrapping around the compressed data.
    enum Wrapping {
        /// RFC 1950, as in PNG.
        case zlib
        /// RFC 1952, as in `.nii.gz`; written without name and time, so that equal input gives
        /// equal bytes.
        case gzip

        fileprivate var windowBits: Int32 { self == .zlib ? 15 : 31 }
    }

    /// The data of one stream.
    ///
    /// - Throws: `too-large` if there is more than `limit`, `truncated` if the stream ends early,
    ///   `damaged-compression` if it is no such stream.
    static func inflate(
        _ input: [UInt8],
        wrapping: Wrapping,
        limit: Int
    ) throws(HeadCTError) -> [UInt8] {
        var stream = unsafe z_stream()
        let started = unsafe inflateInit2_(
            &stream,
            wrapping.windowBits,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK else { throw HeadCTError(.damagedCompression, "zlib did not start") }
        defer { unsafe _ = inflateEnd(&stream) }
        var output: [UInt8] = []
        var isEnded = false
        let status: Int32 = unsafe input.withUnsafeBufferPointer { source in
            unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            unsafe stream.avail_in = UInt32(clamping: source.count)
            var status = Z_OK
            while status == Z_OK, !isEnded {
                (status, isEnded) = unsafe inflateChunk(&stream, into: &output, limit: limit)
            }
            return status
        }
        guard output.count <= limit else {
            throw HeadCTError(.tooLarge, "compressed data holds more than \(limit) bytes")
        }
        if status == Z_STREAM_END { return output }
        if status == Z_BUF_ERROR || status == Z_OK {
            throw HeadCTError(.truncated, "compressed data ends after \(input.count) bytes")
        }
        throw HeadCTError(.damagedCompression, "compressed data is damaged")
    }

    private static let chunkSize = 1 << 18

    /// Inflates one chunk; done at the end of the stream, at an error, or beyond the limit.
    private static func inflateChunk(
        _ stream: inout z_stream,
        into output: inout [UInt8],
        limit: Int
    ) -> (status: Int32, isEnded: Bool) {
        // One byte beyond the limit tells "too large" from "exactly full".
        let room = min(chunkSize, limit + 1 - output.count)
        guard room > 0 else { return (Z_OK, true) }
        var status = Z_OK
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            unsafe stream.next_out = buffer.baseAddress
            unsafe stream.avail_out = UInt32(room)
            status = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
            count = unsafe room - Int(stream.avail_out)
        }
        output += chunk
        return (status, status != Z_OK)
    }

    /// A stream that holds `input`.
    static func deflate(_ input: [UInt8], wrapping: Wrapping) throws(HeadCTError) -> [UInt8] {
        var stream = unsafe z_stream()
        let started = unsafe deflateInit2_(
            &stream,
            6,
            Z_DEFLATED,
            wrapping.windowBits,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK, input.count < Int(UInt32.max) else {
            throw HeadCTError(.tooLarge, "\(input.count) bytes are too many to compress at once")
        }
        defer { unsafe _ = deflateEnd(&stream) }
        let capacity = unsafe Int(deflateBound(&stream, UInt(input.count)))
        var status = Z_OK
        let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            unsafe input.withUnsafeBufferPointer { source in
                unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = buffer.baseAddress
                unsafe stream.avail_out = UInt32(capacity)
                status = unsafe CZlib.deflate(&stream, Z_FINISH)
                count = unsafe capacity - Int(stream.avail_out)
            }
        }
        guard status == Z_STREAM_END else {
            throw HeadCTError(.damagedCompression, "zlib could not compress")
        }
        return output
    }

    /// The CRC-32 of PNG chunks.
    static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let copy = Array(bytes)
        return unsafe copy.withUnsafeBufferPointer { buffer in
            unsafe UInt32(CZlib.crc32(0, buffer.baseAddress, UInt32(buffer.count)))
        }
    }
}
