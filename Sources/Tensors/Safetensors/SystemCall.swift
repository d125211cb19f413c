import Foundation

/// Reads and writes that finish what they begin, with the system's reason in the error.
enum SystemCall {
    /// Fills the buffer from a position of the file.
    static func read(
        _ descriptor: Int32,
        at offset: Int,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(TensorError) {
        var done = 0
        while done < buffer.count {
            let count = unsafe pread(
                descriptor,
                buffer.baseAddress?.advanced(by: done),
                buffer.count - done,
                off_t(offset + done)
            )
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot read") }
            guard count > 0 else {
                throw TensorError(.truncated, "the file ends at byte \(offset + done)")
            }
            done += count
        }
    }

    /// Fills the array from a position of the file.
    static func read(
        _ descriptor: Int32,
        at offset: Int,
        into bytes: inout [UInt8]
    ) throws(TensorError) {
        try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(TensorError) in
            try unsafe read(descriptor, at: offset, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Appends the whole buffer to the file.
    static func write(
        _ descriptor: Int32,
        _ buffer: UnsafeRawBufferPointer
    ) throws(TensorError) {
        var done = 0
        while done < buffer.count {
            let count = unsafe Foundation.write(
                descriptor,
                buffer.baseAddress?.advanced(by: done),
                buffer.count - done
            )
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot write") }
            done += count
        }
    }

    /// Makes a rename in the folder durable.
    static func synchronizeFolder(_ path: String) throws(TensorError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open the folder") }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw syncFailure("the folder") }
    }

    /// A `syncFailed` error with the text of `errno`.
    static func syncFailure(_ what: String) -> TensorError {
        let reason = unsafe String(cString: strerror(errno))
        return TensorError(.syncFailed, "the disk did not keep \(what): \(reason)")
    }

    /// A `fileAccess` error with the text of `errno`.
    static func failure(_ what: String) -> TensorError {
        let reason = unsafe String(cString: strerror(errno))
        return TensorError(.fileAccess, "\(what): \(reason)")
    }
}
