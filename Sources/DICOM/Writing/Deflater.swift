import CZlib

/// The writing of deflated data sets (RFC 1951 without a header, PS3.5 annex A.5).
enum Deflater {
    /// The deflate stream of some bytes, at zlib's default level.
    static func deflate(_ bytes: [UInt8]) throws(DICOMError) -> [UInt8] {
        // zlib keeps the address of the stream, so it must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard let count = UInt32(exactly: bytes.count),
            unsafe deflateInit2_(
                stream,
                Z_DEFAULT_COMPRESSION,
                Z_DEFLATED,
                -15,
                8,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                size
            ) == Z_OK
        else { throw DICOMError(.valueTooLong, "the data set cannot be deflated") }
        defer { unsafe deflateEnd(stream) }
        let bound = unsafe Int(deflateBound(stream, UInt(count)))
        var output = [UInt8](repeating: 0, count: bound)
        let status = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = count
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(bound)
                return unsafe CZlib.deflate(stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else {
            throw DICOMError(.invalidDeflate, "the data set cannot be deflated")
        }
        output.removeLast(Int(unsafe stream.pointee.avail_out))
        return output
    }
}
