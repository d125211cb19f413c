import AuditLog
import AuditedDatabase
import CanonicalJSON
import CoordinatorStore
import Federation
package import Foundation
import Identity

/// Makes a coordinator's folder of a backup, after checking every byte of it.
package struct CoordinatorRestore: Sendable {
    private let backup: URL

    /// Restores a backup's folder.
    package init(from backup: URL) { self.backup = backup }

    /// Reads the backup's list and checks every file against it.
    ///
    /// - Throws: ``BackupError`` naming the first file that is missing or was changed.
    package func verify() throws -> BackupManifest {
        let list = backup.appending(path: BackupManifest.name)
        guard let bytes = try? Data(contentsOf: list),
            let manifest = try? CanonicalDecoder().decode(
                BackupManifest.self,
                from: try JSONValue(parsing: [UInt8](bytes))
            )
        else {
            throw BackupError("\(list.path) cannot be read; name a folder made by `backup`")
        }
        guard manifest.version == 1 else {
            throw BackupError(
                "\(list.path) is of version \(manifest.version); this program reads 1"
            )
        }
        for file in manifest.files { try check(file) }
        return manifest
    }

    private func check(_ file: BackupManifest.File) throws {
        let url = backup.appending(path: file.path)
        guard !file.path.split(separator: "/").contains(".."), !file.path.hasPrefix("/"),
            let digest = try? SHA256Digest(ofFile: url)
        else { throw BackupError("\(url.path) is missing") }
        guard digest.rawValue == file.sha256 else {
            throw BackupError("\(url.path) was changed after the backup was made")
        }
    }

    /// Makes the folder; it is there only when everything in it was checked.
    ///
    /// - Throws: ``BackupError``; nothing is left behind then.
    ///
    /// `passphrase` opens the keys; a backup without them takes those of `keys`, a folder laid out as
    /// a coordinator's.
    package func make(
        _ folder: CoordinatorFolder,
        passphrase: String?,
        keys: URL? = nil
    ) async throws -> BackupManifest {
        let manifest = try verify()
        let copy = try FolderCopy(to: folder.root)
        do {
            try addKeys(manifest, to: copy, passphrase, keys)
            for file in manifest.files where !file.isSealed {
                let added = try copy.add(backup.appending(path: file.path), as: file.path)
                guard added == file else {
                    throw BackupError("\(file.path) changed while it was restored")
                }
            }
            try await checkLog(CoordinatorFolder(copy.part), manifest)
            try copy.finish()
            return manifest
        } catch {
            copy.discard()
            throw error
        }
    }

    private func addKeys(
        _ manifest: BackupManifest,
        to copy: FolderCopy,
        _ passphrase: String?,
        _ keys: URL?
    ) throws {
        let sealed = manifest.files.filter(\.isSealed)
        if let keys {
            let source = CoordinatorFolder(keys)
            guard source.isKey("audit-key"), source.isKey("ca/issuing-key.pem") else {
                throw BackupError("\(keys.path) holds no audit-key and ca/issuing-key.pem")
            }
            for path in source.keys {
                _ = try copy.write(try Data(contentsOf: keys.appending(path: path)), as: path)
            }
            return
        }
        guard let first = sealed.first else {
            throw BackupError("the backup was made without keys: name a folder that has them")
        }
        guard let passphrase else {
            throw BackupError("the backup's keys are sealed: name the passphrase")
        }
        let opener = try SealedFile(
            passphrase: passphrase,
            opening: try Data(contentsOf: backup.appending(path: first.path))
        )
        for file in sealed {
            let path = String(file.path.dropLast(CoordinatorFolder.sealedSuffix.count))
            let bytes = try Data(contentsOf: backup.appending(path: file.path))
            _ = try copy.write(try opener.open(bytes, named: path), as: path)
        }
    }

    private func checkLog(_ folder: CoordinatorFolder, _ manifest: BackupManifest) async throws {
        let secret = try AuditKey.secret(of: folder)
        let store = try CoordinatorStore(at: folder.database)
        let key = try secret.logSigner(named: store.auditLog).key
        let verdict = try await store.verifyAudit(by: BundleVerifier(trust: TrustedKeys([key])))
        let records = try await store.auditSize()
        try store.close()
        guard verdict.outcome != .tampered, verdict.outcome != .unusable else {
            throw BackupError("the backup's audit log was changed:\n\(verdict.text)")
        }
        guard records == manifest.auditRecords else {
            throw BackupError("the backup's audit log is not the one that its list names")
        }
    }
}
