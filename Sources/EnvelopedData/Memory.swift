import COpenSSL

/// OpenSSL's streams over memory.
enum Memory {
    /// Calls `body` with a stream that reads the bytes.
    static func reading<Result>(
        _ bytes: [UInt8],
        _ body: (OpaquePointer) -> Result
    ) -> Result? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard
                let stream = unsafe BIO_new_mem_buf(
                    buffer.baseAddress,
                    Int32(clamping: buffer.count)
                )
            else { return nil }
            defer { unsafe BIO_free(stream) }
            return unsafe body(stream)
        }
    }

    /// The bytes that `body` wrote into a stream; nil if it failed.
    static func written(by body: (OpaquePointer) -> Bool) -> [UInt8]? {
        guard let stream = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(stream) }
        guard unsafe body(stream) else { return nil }
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe copenssl_memory(stream, &start)
        guard count > 0, let start = unsafe start else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
