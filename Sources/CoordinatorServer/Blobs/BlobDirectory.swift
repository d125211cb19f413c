import struct Crypto.SHA256
import Durability
package import Federation
package import Foundation
import WireProtocol

/// Models and deltas on disk, each under its SHA-256; a file that is there is whole.
package struct BlobDirectory: Sendable {
    /// Files kept to be overwritten by later uploads.
    private static let sparesMax = 16
    /// Rejected updates that are kept for a person to look at.
    private static let quarantineMax = 16
    private static let ending = ".safetensors"

    private let folder: URL
    private let spares: URL
    private let quarantine: URL
    private let measureFree: @Sendable (URL) -> Int?

    /// Opens the folder, making it with mode 0700 if it is not there.
    package init(
        folder: URL,
        freeBytes: @escaping @Sendable (URL) -> Int? = { DiskSpace.free(at: $0) }
    ) throws {
        self.folder = folder
        measureFree = freeBytes
        spares = folder.appending(path: "spare")
        quarantine = folder.appending(path: "quarantine")
        for place in [spares, quarantine] {
            try FileManager.default.createDirectory(
                at: place,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
    }

    /// Where a blob lies, or would lie.
    package func url(_ digest: SHA256Digest) -> URL {
        folder.appending(path: digest.rawValue + Self.ending)
    }

    /// A file in the same folder for work in progress, to be adopted afterwards.
    package func scratch(_ name: String) -> URL { folder.appending(path: "\(name).scratch") }

    /// Where a strategy keeps what it remembers from round to round, beside the models.
    package var stateFolder: URL { folder }

    /// The size of a blob, or nil if it is not there.
    package func size(_ digest: SHA256Digest) -> Int? { Self.size(of: url(digest)) }

    private static func size(of file: URL) -> Int? {
        var status = stat()
        return unsafe stat(file.path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// Opens a blob for reading in blocks.
    ///
    /// - Throws: ``CoordinatorError`` `not-found`.
    func open(_ digest: SHA256Digest) throws -> BlobReader {
        guard let reader = BlobReader(url(digest)) else { throw CoordinatorError(.notFound) }
        return reader
    }

    /// Stores bytes and returns their digest.
    package func store(_ bytes: [UInt8]) throws -> SHA256Digest {
        let digest = SHA256Digest(hashing: bytes)
        if size(digest) != bytes.count { try DurableFile.write(bytes, to: url(digest)) }
        return digest
    }

    /// Takes over a synced file as a blob, after hashing it.
    ///
    /// - Throws: ``CoordinatorError`` `digest-mismatch` if the file has another digest; the file stays.
    package func adopt(_ file: URL, as digest: SHA256Digest) throws {
        guard try SHA256Digest(ofFile: file) == digest else {
            throw CoordinatorError(.digestMismatch)
        }
        try DurableFile.rename(file, to: url(digest))
    }

    /// Takes over a synced file whose digest was computed while it was written.
    func take(_ file: URL, as digest: SHA256Digest) throws(BlobFailure) {
        do {
            try DurableFile.rename(file, to: url(digest))
        } catch {
            throw error.step == .sync ? .syncFailed : .fileAccess
        }
    }

    /// Copies a file that goes on being used as a blob, durably.
    func copy(_ file: URL) throws -> StoredBlob {
        let digest = try SHA256Digest(ofFile: file)
        let target = scratch(digest.rawValue)
        try? FileManager.default.removeItem(at: target)
        try FileManager.default.copyItem(at: file, to: target)
        try DurableFile.syncFile(target)
        try take(target, as: digest)
        return StoredBlob(sha256: digest, bytes: size(digest) ?? 0)
    }

    /// Bytes that may still be written; nil where the system does not say.
    var freeBytes: Int? { measureFree(folder) }

    /// Gives the room of the spare files back.
    func removeSpares() {
        for name in names(in: spares) {
            try? FileManager.default.removeItem(at: spares.appending(path: name))
        }
    }

    /// Removes what a rule remembered for runs and rounds that do not need it any more.
    func removeStates(where isUnneeded: (RunID, _ round: Int) -> Bool) {
        for name in names(in: folder) {
            guard let (run, round) = StrategyState.owner(ofFile: name), isUnneeded(run, round)
            else { continue }
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }

    /// Removes unfinished files, and blobs that are not to be kept.
    ///
    /// Only while nobody writes: at the start.
    func sweep(keeping isKept: (SHA256Digest) -> Bool) throws {
        let folders = [spares, quarantine].map(\.lastPathComponent)
        for name in names(in: folder) where !folders.contains(name) {
            let stem = name.hasSuffix(Self.ending) ? String(name.dropLast(Self.ending.count)) : ""
            if let digest = SHA256Digest(rawValue: stem), isKept(digest) { continue }
            if StrategyState.owner(ofFile: name) != nil { continue }
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }

    private func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    /// Takes a blob away that nobody needs any more; its file is kept to be overwritten.
    func retire(_ digest: SHA256Digest) {
        let file = url(digest)
        guard names(in: spares).count < Self.sparesMax,
            unsafe rename(file.path, spares.appending(path: digest.rawValue).path) == 0
        else {
            try? FileManager.default.removeItem(at: file)
            return
        }
    }

    /// Puts a rejected update where nothing reads it but people, under the names of what it was sent
    /// for.
    ///
    /// The oldest of many is removed. Where somebody needs the same bytes it is a copy.
    func setAside(_ digest: SHA256Digest, as name: String, isNeeded: Bool) throws {
        let target = quarantine.appending(path: name + Self.ending)
        try? FileManager.default.removeItem(at: target)
        if isNeeded {
            try FileManager.default.copyItem(at: url(digest), to: target)
        } else {
            try FileManager.default.moveItem(at: url(digest), to: target)
        }
        let all = names(in: quarantine).map { quarantine.appending(path: $0) }
        let dated = all.map { file in
            let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            return (file, values?.contentModificationDate ?? .distantPast)
        }
        for (file, _) in dated.sorted(by: { $0.1 < $1.1 }).dropLast(Self.quarantineMax) {
            try FileManager.default.removeItem(at: file)
        }
    }

    /// Gives the kept file whose size is nearest a new name; false if there is none.
    @discardableResult
    func takeSpare(as target: URL, bytes: Int) -> Bool {
        let files = names(in: spares).map { spares.appending(path: $0) }
        let sized = files.map { (distance: abs((Self.size(of: $0) ?? 0) - bytes), file: $0) }
        return sized.sorted { $0.distance < $1.distance }.contains { _, file in
            // Somebody else may have been quicker: then the next one.
            unsafe rename(file.path, target.path) == 0
        }
    }
}
