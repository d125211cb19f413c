package import Foundation

/// The folder that received objects lie in, each a whole file, until the intake reads them.
///
/// A file appears under its name only after its bytes are on the disk. The name is a keyed digest
/// of the SOP Instance UID, so that nothing received stands in a path and one object has one file.
package struct Inbox: Sendable {
    /// What a commit did.
    package enum Outcome: String, Sendable, Hashable, Codable {
        /// The object was not there.
        case new
        /// The object was there with other bytes, which are gone now.
        case replaced
        /// The object was there with the same bytes; nothing was changed.
        case unchanged
    }

    /// The folder.
    package let folder: URL
    private let name: @Sendable (String) -> String
    private let objectBytesMax: Int
    private let freeBytesMin: Int

    /// Names an inbox; nothing is made.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - objectBytesMax: The largest object that is kept.
    ///   - freeBytesMin: The free space below which nothing more is taken.
    ///   - name: The keyed digest of a SOP Instance UID: at least 32 hexadecimal digits.
    package init(
        folder: URL,
        objectBytesMax: Int = ReceiverLimits.standard.objectBytesMax,
        freeBytesMin: Int = ReceiverLimits.standard.freeBytesMin,
        name: @escaping @Sendable (String) -> String
    ) {
        self.folder = folder
        self.objectBytesMax = objectBytesMax
        self.freeBytesMin = freeBytesMin
        self.name = name
    }

    /// The keyed name of an object, without folder: safe to log and to store.
    package func name(of sopInstanceUID: String) -> String {
        String(name(sopInstanceUID).prefix(32))
    }

    /// Where an object lies, whether or not it is there.
    package func file(of sopInstanceUID: String) -> URL {
        let name = name(of: sopInstanceUID)
        return folder.appending(path: "\(name.prefix(2))/\(name).dcm")
    }

    /// Makes the folder with mode 0700.
    ///
    /// - Throws: ``InboxError`` if it cannot be made.
    package func prepare() throws {
        for part in [folder, incoming] {
            do {
                try FileManager.default.createDirectory(
                    at: part,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw InboxError(.storage, "\(part.path) cannot be made")
            }
        }
    }

    /// Begins an object in a temporary file.
    ///
    /// - Throws: ``InboxError`` `disk-full` below the low-water mark, else `storage-failed`.
    package func begin() throws -> IncomingObject {
        let free = try freeBytes()
        guard free >= freeBytesMin else {
            throw InboxError(
                .diskFull,
                "\(free) bytes are free at \(folder.path), at least \(freeBytesMin) are kept free"
            )
        }
        return try IncomingObject(
            file: incoming.appending(path: "\(UUID().uuidString).part"),
            bytesMax: objectBytesMax
        )
    }

    /// Gives a received object its place; durable when this returns.
    ///
    /// - Parameters:
    ///   - object: The object; its temporary file is gone afterwards, however this ends.
    ///   - isWanted: Whether an object of this identity was announced or asked for.
    /// - Returns: What it is, and what was done.
    /// - Throws: ``InboxError`` `not-dicom`, `other-object` or `storage-failed`.
    package func commit(
        _ object: IncomingObject,
        if isWanted: (ObjectIdentity) -> Bool = { _ in true }
    ) throws -> (identity: ObjectIdentity, outcome: Outcome) {
        defer { object.discard() }
        try object.finish()
        let identity = try ObjectIdentity(ofFile: object.file)
        guard isWanted(identity) else {
            throw InboxError(.mismatch, "the object is another one than was announced or asked for")
        }
        let target = file(of: identity.sopInstance.rawValue)
        if object.hasSameBytes(as: target) { return (identity, .unchanged) }
        let existed = FileManager.default.fileExists(atPath: target.path)
        try move(object.file, to: target)
        return (identity, existed ? .replaced : .new)
    }

    /// Removes temporary files that a crash left behind, except those younger than an hour.
    package func sweep(now: Date) {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: incoming.path)) ?? []
        for name in names {
            let file = incoming.appending(path: name)
            let attributes = try? manager.attributesOfItem(atPath: file.path)
            guard let changed = attributes?[.modificationDate] as? Date,
                now.timeIntervalSince(changed) > 3600
            else { continue }
            try? manager.removeItem(at: file)
        }
    }

    /// How many objects lie in the inbox, and their bytes.
    package func contents() -> (objects: Int, bytes: Int) {
        let manager = FileManager.default
        guard
            let walk = manager.enumerator(
                at: folder,
                includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey],
                options: [.skipsHiddenFiles]
            )
        else { return (0, 0) }
        var (objects, bytes) = (0, 0)
        for case let file as URL in walk {
            let values = try? file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
            guard values?.isRegularFile == true else { continue }
            objects += 1
            bytes += values?.fileSize ?? 0
        }
        return (objects, bytes)
    }

    private var incoming: URL { folder.appending(path: ".incoming") }

    private func freeBytes() throws -> Int {
        var status = statvfs()
        guard unsafe statvfs(folder.path, &status) == 0 else {
            throw InboxError.systemCall("the free space of \(folder.path) cannot be read")
        }
        return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }

    private func move(_ source: URL, to target: URL) throws {
        let parent = target.deletingLastPathComponent()
        if !FileManager.default.fileExists(atPath: parent.path) {
            guard unsafe mkdir(parent.path, 0o700) == 0 || errno == EEXIST else {
                throw InboxError.systemCall("\(parent.path) cannot be made")
            }
            try Self.synchronize(folder)
        }
        guard unsafe rename(source.path, target.path) == 0 else {
            throw InboxError.systemCall("an object cannot be moved into \(parent.path)")
        }
        try Self.synchronize(parent)
    }

    /// Makes the names in a folder durable.
    private static func synchronize(_ folder: URL) throws {
        let descriptor = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw InboxError.systemCall("\(folder.path) cannot be opened")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw InboxError.systemCall("\(folder.path) cannot be flushed")
        }
    }
}
