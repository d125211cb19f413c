import COpenJPEG

/// The memory OpenJPEG reads a codestream from, and the first error it reported.
///
/// Lives on the stack of ``JPEG2000Decoder`` while the library holds a pointer to it.
@unsafe
struct JPEG2000Source {
    let bytes: UnsafeRawBufferPointer
    var offset = 0
    var message: String?

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

    /// Makes a stream that reads from `source`.
    static func makeStream(
        _ source: UnsafeMutablePointer<JPEG2000Source>
    ) -> UnsafeMutablePointer<opj_stream_t?>? {
        let length = unsafe source.pointee.bytes.count
        guard let stream = unsafe opj_stream_create(max(length, 1), OPJ_TRUE) else { return nil }
        unsafe opj_stream_set_user_data(stream, source, nil)
        unsafe opj_stream_set_user_data_length(stream, OPJ_UINT64(length))
        unsafe opj_stream_set_read_function(stream) { buffer, count, data in
            guard let buffer = unsafe buffer, let data = unsafe data else { return .max }
            let source = unsafe data.assumingMemoryBound(to: JPEG2000Source.self)
            return unsafe source.pointee.read(into: buffer, count: Int(count))
        }
        unsafe opj_stream_set_skip_function(stream) { count, data in
            guard let data = unsafe data else { return -1 }
            let source = unsafe data.assumingMemoryBound(to: JPEG2000Source.self)
            return unsafe source.pointee.move(by: count)
        }
        unsafe opj_stream_set_seek_function(stream) { position, data in
            guard let data = unsafe data else { return OPJ_FALSE }
            let source = unsafe data.assumingMemoryBound(to: JPEG2000Source.self)
            return unsafe source.pointee.seek(to: position) ? OPJ_TRUE : OPJ_FALSE
        }
        return unsafe stream
    }

    /// Takes the messages of a codec: errors are kept, the rest is dropped, nothing is printed.
    static func collectMessages(
        of codec: UnsafeMutablePointer<opj_codec_t?>,
        _ source: UnsafeMutablePointer<JPEG2000Source>
    ) {
        unsafe opj_set_info_handler(codec, { _, _ in }, nil)
        unsafe opj_set_warning_handler(codec, { _, _ in }, nil)
        unsafe opj_set_error_handler(
            codec,
            { text, data in
                guard let text = unsafe text, let data = unsafe data else { return }
                let source = unsafe data.assumingMemoryBound(to: JPEG2000Source.self)
                if unsafe source.pointee.message == nil {
                    unsafe source.pointee.message = unsafe String(cString: text)
                }
            },
            source
        )
    }

    private mutating func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
        let length = unsafe min(count, bytes.count - offset)
        guard length > 0, let base = unsafe bytes.baseAddress else { return -1 }
        unsafe buffer.copyMemory(from: base + offset, byteCount: length)
        unsafe offset += length
        return length
    }

    private mutating func move(by count: Int64) -> Int64 {
        let target = unsafe Int64(offset).addingReportingOverflow(count)
        guard !target.overflow, target.partialValue >= 0 else { return -1 }
        let bounded = unsafe min(Int(target.partialValue), bytes.count)
        let moved = unsafe bounded - offset
        unsafe offset = bounded
        return Int64(moved)
    }

    private mutating func seek(to position: Int64) -> Bool {
        guard position >= 0, unsafe position <= bytes.count else { return false }
        unsafe offset = Int(position)
        return true
    }
}
