import Foundation

/// A file read at given offsets in blocks, so that memory does not grow with its size.
struct BlockFile: ~Copyable {
    private let descriptor: Int32

    /// Opens an existing file; throws `fileAccess`.
    init(reading url: URL) throws(FederationError) {
        let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FederationError(
                .fileAccess,
                "cannot open \(url.lastPathComponent) (errno \(errno))"
            )
        }
        self.descriptor = descriptor
    }

    deinit { _ = close(descriptor) }

    /// Fills the buffer from `offset` on; returns the bytes read, fewer only at the end.
    func read(into buffer: inout [UInt8], at offset: Int) throws(FederationError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe pread(
                    descriptor,
                    bytes.baseAddress?.advanced(by: filled),
                    bytes.count - filled,
                    off_t(offset + filled)
                )
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw FederationError(.fileAccess, "cannot read a file (errno \(errno))")
            }
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }
}
