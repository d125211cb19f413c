package import Foundation

/// Files that only the owner may read: written under another name, synced, then renamed.
package enum OwnerOnlyFile {
    /// Writes the data with mode 0600; afterwards either the old or the new contents are there, never a part.
    package static func write(_ data: Data, to url: URL) throws(IdentityError) {
        let part = url.appendingPathExtension("part")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try? FileManager.default.removeItem(at: part)
            let made = FileManager.default.createFile(
                atPath: part.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
            guard made else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forWritingTo: part)
            try handle.write(contentsOf: data)
            try handle.synchronize()
            try handle.close()
            try move(part, to: url)
        } catch {
            throw IdentityError(.fileSystem, "\(url.path) cannot be written: check the folder")
        }
    }

    /// Gives a whole file its final name, replacing what had it.
    package static func move(_ source: URL, to target: URL) throws(IdentityError) {
        guard unsafe rename(source.path, target.path) == 0 else {
            throw IdentityError(.fileSystem, "\(target.path) cannot be written")
        }
    }
}
