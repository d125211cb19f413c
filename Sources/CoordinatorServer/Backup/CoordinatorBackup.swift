import AuditedDatabase
import CanonicalJSON
import CoordinatorStore
import Durability
import Federation
package import Foundation
import Identity

/// Copies a coordinator's folder while it is served: database, models, updates, settings, and its keys only
/// sealed or not at all, each file with its digest.
package struct CoordinatorBackup: Sendable {
    private let folder: CoordinatorFolder

    /// Backs up a folder.
    package init(of folder: CoordinatorFolder) { self.folder = folder }

    /// How often the copy begins anew because what it named was deleted meanwhile.
    private static let attemptsMax = 10

    /// Makes the backup in a new folder.
    ///
    /// The database is copied first; a model that it names and that has been deleted since makes
    /// the copy begin anew.
    ///
    /// - Throws: ``BackupError`` naming what is missing; nothing is left behind then.
    ///
    /// `passphrase` seals the keys; nil leaves them out.
    package func make(in target: URL, passphrase: String?) async throws -> BackupManifest {
        let seal = try passphrase.map { try SealedFile(passphrase: $0) }
        let copy = try FolderCopy(to: target)
        do {
            let manifest = try await fill(copy, seal)
            try DurableFile.write(
                try CanonicalEncoder().encode(manifest),
                to: copy.part.appending(path: BackupManifest.name)
            )
            try copy.finish()
            return manifest
        } catch {
            copy.discard()
            throw error
        }
    }

    private func fill(_ copy: FolderCopy, _ seal: SealedFile?) async throws -> BackupManifest {
        let store = try CoordinatorStore(at: folder.database)
        var missing = ""
        for _ in 1...Self.attemptsMax {
            // Rules' states of the round before and of this one: whichever the database is at.
            var files = try states(copy)
            let made = FederationOperator.milliseconds()
            try await copyDatabase(store, copy)
            files += try states(copy)
            let (rows, records) = try await contents(of: copy)
            do {
                files += try blobs(rows, copy)
            } catch let error as Missing {
                missing = error.path
                continue
            }
            files += try settings(copy) + keys(copy, seal) + [try copy.describe(Self.database)]
            let sorted = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
                .values.sorted { $0.path < $1.path }
            return BackupManifest(
                madeMilliseconds: made,
                auditRecords: records,
                files: sorted
            )
        }
        throw BackupError(
            "\(missing) is named by the database but not there; "
                + "`fedcoordinator serve` would say so too: restore an older backup"
        )
    }

    private struct Missing: Error { let path: String }

    private static let database = "coordinator.sqlite"

    private func copyDatabase(_ store: CoordinatorStore, _ copy: FolderCopy) async throws {
        let target = copy.part.appending(path: Self.database)
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: URL(filePath: target.path + ending))
        }
        try await store.copy(to: target)
    }

    /// What the copied database names; closed again, so that its file is at rest.
    private func contents(of copy: FolderCopy) async throws -> ([StoredBlobRow], Int64) {
        let store = try CoordinatorStore(at: copy.part.appending(path: Self.database))
        let contents = (try await store.blobs(), try await store.auditSize())
        try store.close()
        return contents
    }

    private func blobs(
        _ rows: [StoredBlobRow],
        _ copy: FolderCopy
    ) throws -> [BackupManifest.File] {
        let directory = try BlobDirectory(folder: folder.blobs)
        return try rows.filter { !$0.isDeleted }.map { row in
            let source = directory.url(row.sha256)
            let file: BackupManifest.File
            do {
                file = try copy.add(source, as: "blobs/\(source.lastPathComponent)")
            } catch {
                throw Missing(path: source.path)
            }
            guard file.sha256 == row.sha256.rawValue else { throw Missing(path: source.path) }
            return file
        }
    }

    private func states(_ copy: FolderCopy) throws -> [BackupManifest.File] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.blobs.path)) ?? []
        return names.sorted().filter { StrategyState.owner(ofFile: $0) != nil }.compactMap { name in
            // One that is deleted now is of a round that is over.
            try? copy.add(folder.blobs.appending(path: name), as: "blobs/\(name)")
        }
    }

    private func settings(_ copy: FolderCopy) throws -> [BackupManifest.File] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.root.path)
        let kept = paths.filter { path in
            path == "coordinator.yaml" || path.hasPrefix("ca/") && !folder.isKey(path)
        }
        return try kept.sorted().map { path in
            try copy.add(folder.root.appending(path: path), as: path)
        }
    }

    private func keys(_ copy: FolderCopy, _ seal: SealedFile?) throws -> [BackupManifest.File] {
        guard let seal else { return [] }
        return try folder.keys.map { path in
            let plain = try Data(contentsOf: folder.root.appending(path: path))
            let sealed = path + CoordinatorFolder.sealedSuffix
            return try copy.write(try seal.seal(plain, named: path), as: sealed)
        }
    }
}

extension CoordinatorFolder {
    /// What a sealed key's name ends in.
    static let sealedSuffix = ".sealed"

    /// The paths of the keys that are there, ascending.
    var keys: [String] {
        ["audit-key", "ca/issuing-key.pem", "ca/next-issuing-key.pem", "tls/server.pem"].filter {
            FileManager.default.fileExists(atPath: root.appending(path: $0).path)
        }
    }

    /// Whether a path is a key's.
    func isKey(_ path: String) -> Bool { keys.contains(path) }
}
