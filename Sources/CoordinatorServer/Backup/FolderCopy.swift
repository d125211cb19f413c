import Durability
import Federation
import Foundation
import Identity

/// A folder that is made beside its place and gets its name when it is whole.
struct FolderCopy {
    /// Where it is made.
    let part: URL
    private let target: URL

    /// Begins a copy that will be called `target`.
    ///
    /// - Throws: ``BackupError`` if something is there.
    init(to target: URL) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: target.path)) ?? []
        guard names.isEmpty, !Self.isFile(target) else {
            throw BackupError("\(target.path) is not empty; name a new folder")
        }
        self.target = target
        part = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).part")
        try? FileManager.default.removeItem(at: part)
        try Self.makeFolder(part)
    }

    /// Copies a file, syncs it, and returns what it is.
    func add(_ source: URL, as path: String) throws -> BackupManifest.File {
        let copy = part.appending(path: path)
        try Self.makeFolder(copy.deletingLastPathComponent())
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.copyItem(at: source, to: copy)
        return try describe(path)
    }

    /// Writes a file that only the owner may read, syncs it, and returns what it is.
    func write(_ data: Data, as path: String) throws -> BackupManifest.File {
        try OwnerOnlyFile.write(data, to: part.appending(path: path))
        return try describe(path)
    }

    /// What a file of the copy is, once it is on the disk.
    func describe(_ path: String) throws -> BackupManifest.File {
        let copy = part.appending(path: path)
        let handle = try FileHandle(forUpdating: copy)
        defer { try? handle.close() }
        try handle.synchronize()
        return BackupManifest.File(
            path: path,
            bytes: Int(try handle.seekToEnd()),
            sha256: try SHA256Digest(ofFile: copy).rawValue
        )
    }

    /// Gives the copy its name.
    func finish() throws {
        for folder in try folders() { try DurableFile.syncFolder(folder) }
        // An empty folder of that name gives way.
        _ = unsafe rmdir(target.path)
        try DurableFile.rename(part, to: target)
    }

    /// Leaves nothing behind.
    func discard() { try? FileManager.default.removeItem(at: part) }

    private func folders() throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: part.path)
        return names.map { part.appending(path: $0) }.filter { !Self.isFile($0) } + [part]
    }

    private static func isFile(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(
            atPath: url.path,
            isDirectory: &isFolder
        )
        return exists && !isFolder.boolValue
    }

    private static func makeFolder(_ url: URL) throws {
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }
}
