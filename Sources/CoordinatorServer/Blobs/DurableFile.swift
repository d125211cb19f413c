import WireProtocol
import Foundation

/// Writing that survives a power cut: data synced, renamed into place, folder synced.
enum DurableFile {
    /// Writes bytes under another name, syncs, and renames.
    static func write(_ bytes: [UInt8], to url: URL) throws {
        let part = url.appendingPathExtension("part")
        guard
            FileManager.default.createFile(
                atPath: part.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CoordinatorError(.internal, "\(part.path) cannot be created") }
        let handle = try FileHandle(forWritingTo: part)
        defer { try? handle.close() }
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try rename(part, to: url)
    }

    /// Renames a synced file and syncs the folder, so that the name is durable too.
    static func rename(_ source: URL, to target: URL) throws {
        guard unsafe Foundation.rename(source.path, target.path) == 0 else {
            throw CoordinatorError(.internal, "\(target.path) cannot be renamed into place")
        }
        try syncFolder(of: target)
    }

    private static func syncFolder(of url: URL) throws {
        let descriptor = unsafe open(url.deletingLastPathComponent().path, O_RDONLY)
        guard descriptor >= 0 else { throw CoordinatorError(.internal, "folder cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw CoordinatorError(.internal, "the folder of \(url.path) cannot be synced")
        }
    }
}
