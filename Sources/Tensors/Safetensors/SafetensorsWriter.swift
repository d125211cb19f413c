import Durability
package import Foundation

/// Writes a safetensors file in pieces: header first, then the elements in the order of names.
///
/// The bytes go to a temporary file in the same folder that takes the final name, after an
/// `fsync`, only in `finish`. Without `finish` the temporary file is removed.
package final class SafetensorsWriter {
    private let header: SafetensorsHeader
    private let url: URL
    private let temporaryPath: String
    private var descriptor: Int32
    private var writtenElements = 0

    /// What becomes of a file that has the final name already.
    package enum Predecessor: Sendable, Hashable {
        /// Readers see it until `finish`.
        case kept
        /// Nobody needs it: it becomes the temporary file, so that its room on the disk and in the
        /// kernel's cache is written to again, which is several times faster than new room.
        case overwritten
    }

    /// Creates the temporary file and writes the header.
    ///
    /// - Throws: `fileAccess` with the reason of the system.
    package init(
        header: SafetensorsHeader,
        to url: URL,
        predecessor: Predecessor = .kept
    ) throws(TensorError) {
        precondition(
            header.entries.allSatisfy { $0.elementType == .float32 },
            "only Float32 is written"
        )
        self.header = header
        self.url = url
        let template =
            url.deletingLastPathComponent().path + "/." + url.lastPathComponent + ".XXXXXX"
        var path = Array(template.utf8CString)
        descriptor = unsafe path.withUnsafeMutableBufferPointer {
            unsafe $0.baseAddress.map { unsafe mkstemp($0) } ?? -1
        }
        temporaryPath = String(
            decoding: path.dropLast().map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        guard descriptor >= 0 else {
            throw SystemCall.failure("cannot create a file beside '\(url.lastPathComponent)'")
        }
        if predecessor == .overwritten { try takeOverPredecessor() }
        try write(header.encoded)
    }

    /// Exchanges the empty temporary file for the file of the final name, if there is one.
    private func takeOverPredecessor() throws(TensorError) {
        guard unsafe rename(url.path, temporaryPath) == 0 else { return }
        _ = close(descriptor)
        descriptor = unsafe open(temporaryPath, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            _ = unsafe unlink(temporaryPath)
            throw SystemCall.failure("cannot write over '\(url.lastPathComponent)'")
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        _ = close(descriptor)
        _ = unsafe unlink(temporaryPath)
    }

    /// Appends the next elements, which may end or begin anywhere inside a tensor.
    ///
    /// - Throws: `fileAccess` with the reason of the system.
    package func append(_ values: [Float]) throws(TensorError) {
        writtenElements += values.count
        try unsafe values.withUnsafeBufferPointer { buffer throws(TensorError) in
            try unsafe SystemCall.write(descriptor, UnsafeRawBufferPointer(buffer))
        }
    }

    /// Appends all elements of a tensor.
    ///
    /// - Throws: `fileAccess` with the reason of the system.
    package func append(_ tensor: Tensor) throws(TensorError) {
        writtenElements += tensor.count
        try unsafe tensor.withUnsafeBuffer { buffer throws(TensorError) in
            try unsafe SystemCall.write(descriptor, UnsafeRawBufferPointer(buffer))
        }
    }

    /// Brings what was appended so far to the disk, so that `finish` has less to wait for.
    ///
    /// - Throws: `fileAccess` with the reason of the system.
    package func flush() throws(TensorError) {
        guard fdatasync(descriptor) == 0 else { throw SystemCall.syncFailure("the file") }
    }

    /// Makes the file durable under its final name.
    ///
    /// Exactly as many elements as the header announces must have been appended.
    ///
    /// - Throws: `fileAccess` with the reason of the system.
    package func finish() throws(TensorError) {
        precondition(descriptor >= 0, "finish was called twice")
        precondition(writtenElements == header.elementCount, "elements and header differ")
        // A file that was written over may be longer.
        guard ftruncate(descriptor, lseek(descriptor, 0, SEEK_CUR)) == 0 else {
            throw SystemCall.failure("cannot end the file")
        }
        CrashPoint.fileWritten.pass()
        guard fsync(descriptor) == 0 else { throw SystemCall.syncFailure("the file") }
        CrashPoint.fileSynced.pass()
        guard unsafe rename(temporaryPath, url.path) == 0 else {
            throw SystemCall.failure("cannot name '\(url.lastPathComponent)'")
        }
        _ = close(descriptor)
        descriptor = -1
        CrashPoint.fileRenamed.pass()
        try SystemCall.synchronizeFolder(url.deletingLastPathComponent().path)
    }

    private func write(_ bytes: [UInt8]) throws(TensorError) {
        try unsafe bytes.withUnsafeBufferPointer { buffer throws(TensorError) in
            try unsafe SystemCall.write(descriptor, UnsafeRawBufferPointer(buffer))
        }
    }
}
