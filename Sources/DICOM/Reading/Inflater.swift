import CZlib

/// The reading of deflated data sets (RFC 1951 without a header, PS3.5 annex A.5).
enum Inflater {
    /// The bytes that come out of zlib at a time.
    private static let chunkSize = 1 << 18

    /// The bytes that a deflate stream stands for, and the number of bytes it took.
    ///
    /// Memory grows with what comes out, never beyond `limit`, whatever the input claims.
    static func inflate(
        _ bytes: [UInt8],
        from start: Int,
        limit: Int
    ) throws(DICOMError) -> (output: [UInt8], consumed: Int) {
        try unsafe withStream(from: start) { stream throws(DICOMError) in
            var output: [UInt8] = []
            var consumed = 0
            var status = Z_OK
            var chunk = [UInt8](repeating: 0, count: chunkSize)
            while status == Z_OK {
                let rest = min(bytes.count - start - consumed, 1 << 30)
                status = unsafe step(stream, bytes, start + consumed, rest, &chunk)
                consumed += rest - Int(unsafe stream.pointee.avail_in)
                let produced = chunkSize - Int(unsafe stream.pointee.avail_out)
                guard output.count + produced <= limit else {
                    throw DICOMError(
                        .inflatedSizeLimit,
                        offset: start,
                        "more than \(limit) bytes after inflating"
                    )
                }
                output.append(contentsOf: chunk[..<produced])
            }
            guard status == Z_STREAM_END else {
                let code: DICOMError.Code = status == Z_BUF_ERROR ? .truncated : .invalidDeflate
                throw DICOMError(code, offset: start, "the deflated data set does not end properly")
            }
            return (output, consumed)
        }
    }

    /// The first bytes that come out of the beginning of a deflate stream: one chunk at most.
    static func inflateBeginning(
        _ bytes: [UInt8],
        from start: Int
    ) throws(DICOMError) -> (output: [UInt8], consumed: Int) {
        try unsafe withStream(from: start) { stream throws(DICOMError) in
            var chunk = [UInt8](repeating: 0, count: chunkSize)
            let rest = min(bytes.count - start, 1 << 30)
            let status = unsafe step(stream, bytes, start, rest, &chunk)
            guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else {
                throw DICOMError(.invalidDeflate, offset: start, "the data set is not deflated")
            }
            let produced = chunkSize - Int(unsafe stream.pointee.avail_out)
            return (Array(chunk[..<produced]), bytes.count - start)
        }
    }

    /// Runs `body` with zlib ready to inflate a stream without header.
    private static func withStream<Result>(
        from start: Int,
        _ body: (UnsafeMutablePointer<z_stream>) throws(DICOMError) -> Result
    ) throws(DICOMError) -> Result {
        // zlib keeps the address of the stream, so it must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, -15, ZLIB_VERSION, size) == Z_OK else {
            throw DICOMError(.invalidDeflate, offset: start, "zlib could not be started")
        }
        defer { unsafe inflateEnd(stream) }
        return try unsafe body(stream)
    }

    /// Inflates into a chunk and returns zlib's status.
    private static func step(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ bytes: [UInt8],
        _ start: Int,
        _ count: Int,
        _ chunk: inout [UInt8]
    ) -> Int32 {
        unsafe bytes.withUnsafeBufferPointer { input in
            unsafe chunk.withUnsafeMutableBufferPointer { output in
                let next = unsafe UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.next_in = next.map { unsafe $0 + start }
                unsafe stream.pointee.avail_in = UInt32(count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(chunkSize)
                return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
    }
}
