import Crypto
import Federation
import Foundation
import NIOCore

/// A file on its way out, read part by part.
final class PartReader: Sendable {
    /// A part with its digest.
    struct Part: Sendable {
        let bytes: ByteBuffer
        let sha256: Federation.SHA256Digest
    }

    /// The file's size.
    let byteCount: Int
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: ``AgentError`` `failed`.
    init(_ url: URL) throws {
        let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AgentError(.failed, "\(url.path) cannot be read") }
        self.descriptor = descriptor
        byteCount = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { _ = close(descriptor) }

    /// Reads and hashes a part, block by block; blocking.
    func read(_ range: Range<Int>) throws -> Part {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        var hash = SHA256()
        while buffer.readableBytes < range.count {
            let position = range.lowerBound + buffer.readableBytes
            let wanted = min(256 * 1024, range.upperBound - position)
            let count = unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) {
                bytes in
                let count = unsafe pread(descriptor, bytes.baseAddress, wanted, off_t(position))
                if count > 0 {
                    unsafe hash.update(
                        bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<count])
                    )
                }
                return max(count, 0)
            }
            if count == 0 && errno == EINTR { continue }
            guard count > 0 else { throw AgentError(.failed, "an update's file was cut") }
        }
        return Part(bytes: buffer, sha256: Federation.SHA256Digest(finalized: hash.finalize()))
    }
}
