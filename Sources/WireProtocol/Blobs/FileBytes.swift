import Crypto
import Durability
import Foundation

/// An open file, read and written at positions; closed with the last reference.
final class FileBytes: Sendable {
    /// What is read at a time while hashing: small enough to stay in the cache.
    private static let blockBytes = 128 * 1024

    private let descriptor: Int32

    /// Opens for reading.
    convenience init(reading url: URL) throws(BlobFailure) {
        try self.init(url, O_RDONLY)
    }

    /// Opens for writing.
    convenience init(writing url: URL) throws(BlobFailure) {
        try self.init(url, O_WRONLY)
    }

    /// Makes an empty file with mode 0600, or empties it.
    convenience init(creating url: URL) throws(BlobFailure) {
        try self.init(url, O_WRONLY | O_CREAT | O_TRUNC)
    }

    private init(_ url: URL, _ flags: Int32) throws(BlobFailure) {
        descriptor = unsafe open(url.path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .fileAccess }
    }

    deinit { _ = close(descriptor) }

    /// Gives the file its size, with room on the disk.
    func reserve(_ bytes: Int) throws(BlobFailure) {
        let result = posix_fallocate(descriptor, 0, off_t(bytes))
        if result == ENOSPC || result == EFBIG || result == EDQUOT { throw .diskFull }
        guard ftruncate(descriptor, off_t(bytes)) == 0 else { throw .fileAccess }
    }

    /// Writes all bytes at a position.
    func write(_ bytes: UnsafeRawBufferPointer, at position: Int) throws(BlobFailure) {
        var done = 0
        while done < bytes.count {
            let count = unsafe pwrite(
                descriptor,
                bytes.baseAddress?.advanced(by: done),
                bytes.count - done,
                off_t(position + done)
            )
            if count < 0 && errno == EINTR { continue }
            if count < 0 && (errno == ENOSPC || errno == EDQUOT) { throw .diskFull }
            guard count > 0 else { throw .fileAccess }
            done += count
        }
    }

    /// Hashes a range.
    func hash(_ range: Range<Int>, into hash: inout SHA256) throws(BlobFailure) {
        var block = [UInt8](repeating: 0, count: min(Self.blockBytes, range.count))
        var position = range.lowerBound
        while position < range.upperBound {
            let wanted = min(block.count, range.upperBound - position)
            let count = unsafe block.withUnsafeMutableBytes { bytes in
                let count = unsafe pread(descriptor, bytes.baseAddress, wanted, off_t(position))
                if count > 0 {
                    unsafe hash.update(
                        bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<count])
                    )
                }
                return count
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .fileAccess }
            position += count
        }
    }

    /// Returns when every byte is on the disk.
    func synchronize() throws(BlobFailure) {
        CrashPoint.fileWritten.pass()
        guard fdatasync(descriptor) == 0 else { throw .syncFailed }
        CrashPoint.fileSynced.pass()
    }
}
