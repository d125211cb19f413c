package import Foundation

/// Writing that survives a power cut: data synced, renamed into place, folder synced.
package enum DurableFile {
    /// Writes bytes with mode 0600 under another name, syncs, and renames: afterwards the old
    /// content is there or the new one, never a part.
    ///
    /// - Throws: ``StorageFailure``.
    package static func write(_ bytes: [UInt8], to url: URL) throws(StorageFailure) {
        let part = url.appendingPathExtension("part")
        let file = unsafe open(part.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StorageFailure(.create, part.path) }
        defer { _ = close(file) }
        try write(bytes, to: file, part.path)
        CrashPoint.fileWritten.pass()
        try sync(file, part.path)
        CrashPoint.fileSynced.pass()
        try rename(part, to: url)
    }

    /// Renames a synced file and syncs the folder, so that the name is durable too.
    ///
    /// - Throws: ``StorageFailure``.
    package static func rename(_ source: URL, to target: URL) throws(StorageFailure) {
        guard unsafe Foundation.rename(source.path, target.path) == 0 else {
            throw StorageFailure(.rename, target.path)
        }
        CrashPoint.fileRenamed.pass()
        try syncFolder(target.deletingLastPathComponent())
    }

    /// Makes the names in a folder durable.
    ///
    /// - Throws: ``StorageFailure``.
    package static func syncFolder(_ folder: URL) throws(StorageFailure) {
        let descriptor = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageFailure(.sync, folder.path) }
        defer { _ = close(descriptor) }
        try sync(descriptor, folder.path)
    }

    /// Makes the content of a file durable.
    ///
    /// - Throws: ``StorageFailure``.
    package static func syncFile(_ file: URL) throws(StorageFailure) {
        let descriptor = unsafe open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageFailure(.sync, file.path) }
        defer { _ = close(descriptor) }
        try sync(descriptor, file.path)
    }

    private static func sync(_ descriptor: Int32, _ path: String) throws(StorageFailure) {
        guard fsync(descriptor) == 0 else { throw StorageFailure(.sync, path) }
    }

    private static func write(
        _ bytes: [UInt8],
        to file: Int32,
        _ path: String
    ) throws(StorageFailure) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Foundation.write(
                    file,
                    $0.baseAddress?.advanced(by: done),
                    bytes.count - done
                )
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw StorageFailure(.write, path) }
            done += count
        }
    }
}
