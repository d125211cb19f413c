import Crypto
import Foundation
package import NIOCore
import Synchronization

/// An object on its way in: a temporary file that bytes are appended to.
///
/// Calls block on the disk; one thread at a time.
package final class IncomingObject: Sendable {
    private struct State {
        var descriptor: Int32?
        var count = 0
        var digest = SHA256()
    }

    /// The temporary file.
    let file: URL
    private let bytesMax: Int
    private let state: Mutex<State>

    init(file: URL, bytesMax: Int) throws {
        self.file = file
        self.bytesMax = bytesMax
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = unsafe open(file.path, flags, 0o600)
        guard descriptor >= 0 else {
            let folder = file.deletingLastPathComponent().path
            throw InboxError.systemCall("no file can be made in \(folder)")
        }
        state = Mutex(State(descriptor: descriptor))
    }

    deinit { discard() }

    /// How many bytes came so far.
    package var count: Int { state.withLock { $0.count } }

    /// Appends bytes.
    ///
    /// - Throws: ``InboxError`` `object-too-large`, `disk-full` or `storage-failed`.
    package func append(_ bytes: ByteBuffer) throws {
        try unsafe bytes.withUnsafeReadableBytes { try unsafe append($0) }
    }

    /// Appends bytes.
    package func append(_ bytes: [UInt8]) throws {
        try unsafe bytes.withUnsafeBytes { try unsafe append($0) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws {
        try state.withLock { state in
            guard let descriptor = state.descriptor else {
                throw InboxError(.storage, "the object is closed already")
            }
            guard state.count + bytes.count <= bytesMax else {
                throw InboxError(.tooLarge, "the object has more than \(bytesMax) bytes")
            }
            var rest = unsafe bytes
            while let base = rest.baseAddress, unsafe !rest.isEmpty {
                let written = unsafe Foundation.write(descriptor, base, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    throw InboxError.systemCall("an object cannot be written")
                }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
            state.count += bytes.count
            unsafe state.digest.update(bufferPointer: bytes)
        }
    }

    /// Flushes the bytes to the disk and closes the file.
    func finish() throws {
        try state.withLock { state in
            guard let descriptor = state.descriptor.take() else { return }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else {
                throw InboxError.systemCall("an object cannot be flushed")
            }
        }
    }

    /// Removes the temporary file, if it is still there.
    package func discard() {
        state.withLock { state in
            if let descriptor = state.descriptor.take() { close(descriptor) }
        }
        unlink(file)
    }

    private func unlink(_ file: URL) { _ = unsafe Foundation.unlink(file.path) }

    /// Whether a file holds exactly the bytes that came.
    func hasSameBytes(as other: URL) -> Bool {
        let (count, digest) = state.withLock { ($0.count, $0.digest.finalize()) }
        guard let handle = try? FileHandle(forReadingFrom: other) else { return false }
        defer { try? handle.close() }
        guard let size = try? handle.seekToEnd(), size == UInt64(count),
            (try? handle.seek(toOffset: 0)) != nil
        else { return false }
        var theirs = SHA256()
        while let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            theirs.update(data: chunk)
        }
        return theirs.finalize() == digest
    }
}
