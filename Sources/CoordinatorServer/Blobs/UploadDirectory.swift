package import Federation
package import Foundation
import Synchronization
package import WireProtocol

/// Uploads in progress: one folder a site and blob, resumable across restarts of either end.
///
/// Every method blocks on the disk and belongs on a thread of `BlockingThreads`.
package final class UploadDirectory: Sendable {
    /// Uploads a site may have open; a further one takes the place of the oldest.
    package static let openMax = 4

    private let folder: URL
    private let blobs: BlobDirectory
    private let slots = Mutex<[String: Slot]>([:])

    /// An upload in memory, made from its folder when it is first asked for.
    private final class Slot: Sendable {
        let upload = Mutex<PartialBlob?>(nil)
    }

    /// Opens the folder; finished uploads go to `blobs`.
    package init(folder: URL, blobs: BlobDirectory) throws {
        self.folder = folder
        self.blobs = blobs
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Begins or resumes an upload and says which parts are there.
    ///
    /// - Throws: ``CoordinatorError`` `too-large`, `busy` without room on the disk, or `conflict` if
    ///   it was opened with another size.
    package func open(_ digest: SHA256Digest, bytes: Int, by site: SiteID) throws -> UploadState {
        guard (1...Limits.blobBytesMax).contains(bytes) else { throw CoordinatorError(.tooLarge) }
        let parts = BlobParts(bytes: bytes)
        if let known = blobs.size(digest) {
            guard known == bytes else { throw CoordinatorError(.conflict) }
            return UploadState(partBytes: parts.partBytes, partsPresent: Array(0..<parts.count))
        }
        let place = place(digest, site)
        let upload = try slot(place).upload.withLock { upload in
            if let upload {
                guard upload.parts == parts else { throw CoordinatorError(.conflict) }
                return upload
            }
            makeRoom(for: place)
            let made = try partial(place, digest, parts)
            upload = made
            return made
        }
        return UploadState(partBytes: parts.partBytes, partsPresent: upload.partsPresent)
    }

    /// An upload that was opened.
    ///
    /// - Throws: ``CoordinatorError`` `not-found`.
    package func upload(_ digest: SHA256Digest, by site: SiteID) throws -> PartialBlob {
        guard let upload = try find(digest, site) else { throw CoordinatorError(.notFound) }
        return upload
    }

    /// Checks the whole and makes it a blob, durably; the same call again answers the same.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` if the upload was not opened; `BlobFailure`
    ///   `incomplete` if parts are missing, `otherDigest` after removing all parts, `syncFailed` when
    ///   the disk cannot be trusted any more.
    package func close(_ digest: SHA256Digest, by site: SiteID) throws -> StoredBlob {
        if let bytes = blobs.size(digest) { return StoredBlob(sha256: digest, bytes: bytes) }
        let upload = try upload(digest, by: site)
        do throws(BlobFailure) {
            let file = try upload.finish()
            try blobs.take(file, as: digest)
        } catch {
            if error == .otherDigest { forget(place(digest, site)) }
            throw error
        }
        forget(place(digest, site))
        return StoredBlob(sha256: digest, bytes: upload.parts.bytes)
    }

    /// Removes every upload; only while nobody uploads.
    func sweep() {
        slots.withLock { $0 = [:] }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }

    private func find(_ digest: SHA256Digest, _ site: SiteID) throws -> PartialBlob? {
        let place = place(digest, site)
        guard let parts = PartialBlob.parts(in: place) else { return nil }
        return try slot(place).upload.withLock { upload in
            if let upload { return upload }
            let made = try partial(place, digest, parts)
            upload = made
            return made
        }
    }

    private func partial(
        _ place: URL,
        _ digest: SHA256Digest,
        _ parts: BlobParts
    ) throws -> PartialBlob {
        do throws(BlobFailure) {
            return try PartialBlob(
                in: place,
                digest: digest,
                parts: parts,
                spare: { [blobs] in blobs.takeSpare(as: $0, bytes: parts.bytes) }
            )
        } catch {
            throw CoordinatorError(error)
        }
    }

    private func place(_ digest: SHA256Digest, _ site: SiteID) -> URL {
        folder.appending(path: site.rawValue).appending(path: digest.rawValue)
    }

    private func slot(_ place: URL) -> Slot {
        slots.withLock { slots in
            if let slot = slots[place.path] { return slot }
            let slot = Slot()
            slots[place.path] = slot
            return slot
        }
    }

    private func forget(_ place: URL) {
        slots.withLock { $0[place.path] = nil }
        try? FileManager.default.removeItem(at: place)
    }

    /// Ends the site's oldest uploads until another one fits.
    private func makeRoom(for place: URL) {
        let all = try? FileManager.default.contentsOfDirectory(
            at: place.deletingLastPathComponent(),
            includingPropertiesForKeys: [.contentModificationDateKey]
        )
        let others = (all ?? []).filter { $0.lastPathComponent != place.lastPathComponent }
        let dated = others.map { other in
            let values = try? other.resourceValues(forKeys: [.contentModificationDateKey])
            return (other, values?.contentModificationDate ?? .distantPast)
        }
        let oldestFirst = dated.sorted { $0.1 < $1.1 }.map(\.0)
        let site = place.deletingLastPathComponent()
        for other in oldestFirst.prefix(max(0, others.count - Self.openMax + 1)) {
            // Built like every place, so that it finds its slot.
            forget(site.appending(path: other.lastPathComponent))
        }
    }
}
