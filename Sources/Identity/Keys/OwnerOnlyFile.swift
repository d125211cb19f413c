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

    /// Reads a secret, refusing a file that group or others may read or write.
    ///
    /// - Throws: ``IdentityError`` `exposed-key`, or `file-system` if it cannot be read.
    package static func read(from url: URL) throws(IdentityError) -> Data {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue,
            let data = try? Data(contentsOf: url)
        else { throw IdentityError(.fileSystem, "the key \(url.path) cannot be read") }
        guard mode & 0o077 == 0 else {
            throw IdentityError(
                .exposedKey,
                "\(url.path) can be read by other users; run `chmod 600` on it, and rotate the key"
                    + " if anybody else has an account here"
            )
        }
        return data
    }

    /// Gives a whole file its final name, replacing what had it.
    package static func move(_ source: URL, to target: URL) throws(IdentityError) {
        guard unsafe rename(source.path, target.path) == 0 else {
            throw IdentityError(.fileSystem, "\(target.path) cannot be written")
        }
    }
}
