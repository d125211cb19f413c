import Foundation
import NIOCore
import WireProtocol

/// A blob open for reading at positions; closed with the last reference.
final class BlobReader: Sendable {
    private let descriptor: Int32

    /// Opens a file; nil if it is not there.
    init?(_ url: URL) {
        descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { _ = close(descriptor) }

    /// Reads a range that lies within the blob; blocking.
    ///
    /// - Throws: ``CoordinatorError`` `internal` if the file is shorter than it was.
    func read(_ range: Range<Int>) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        var done = 0
        while done < range.count {
            let position = range.lowerBound + done
            let count = unsafe buffer.writeWithUnsafeMutableBytes(
                minimumWritableBytes: range.count - done
            ) { bytes in
                let count = unsafe pread(
                    descriptor,
                    bytes.baseAddress,
                    range.count - done,
                    off_t(position)
                )
                return max(count, 0)
            }
            if count == 0 && errno == EINTR { continue }
            guard count > 0 else { throw CoordinatorError(.internal, "a model cannot be read") }
            done += count
        }
        return buffer
    }
}
