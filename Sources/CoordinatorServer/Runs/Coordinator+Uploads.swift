import Durability
package import Federation
import Logging
import ProcessResources
package import WireProtocol

extension Coordinator {
    /// Begins or resumes an upload.
    ///
    /// - Throws: ``CoordinatorError`` `too-large`, or `busy` while the disk has less room than twice
    ///   the model.
    package func openUpload(
        _ digest: SHA256Digest,
        bytes: Int,
        by site: SiteID
    ) async throws -> UploadState {
        guard let model = modelBytes(for: site), bytes <= Self.updateBytesMax(model) else {
            throw CoordinatorError(.tooLarge, "\(site) has no round that takes \(bytes) bytes")
        }
        guard hasRoom(for: model) else {
            throw CoordinatorError(.busy, "the disk has less room than twice the model")
        }
        await announce(digest, by: site)
        let uploads = uploads
        return try await BlockingThreads.run { try uploads.open(digest, bytes: bytes, by: site) }
    }

    /// Checks a whole upload and makes it a blob, durably.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` also for a site that is in no round, whatever is stored.
    package func closeUpload(_ digest: SHA256Digest, by site: SiteID) async throws -> StoredBlob {
        guard modelBytes(for: site) != nil else { throw CoordinatorError(.notFound) }
        do {
            let stored = try await BlockingThreads.run { [uploads] in
                try uploads.close(digest, by: site)
            }
            CrashPoint.uploadStored.pass()
            return stored
        } catch let failure as BlobFailure {
            if isFatal(failure) { stop(after: failure) }
            throw CoordinatorError(failure)
        }
    }

    /// The size of the largest model that a site works on.
    private func modelBytes(for site: SiteID) -> Int? {
        runs.values.filter { $0.asked.contains(site) }
            .compactMap { $0.machine.flatMap { blobs.size($0.model) } }
            .max()
    }

    /// The most bytes an update may have: the model's size and one in a hundred.
    private static func updateBytesMax(_ model: Int) -> Int { model + model / 100 + 4096 }

    /// Whether an update may be taken; says so when that changes.
    private func hasRoom(for modelBytes: Int) -> Bool {
        var isFull = isShort(by: modelBytes)
        if isFull {
            blobs.removeSpares()
            isFull = isShort(by: modelBytes)
        }
        if isFull != isReadOnly {
            isReadOnly = isFull
            logger.log(
                level: isFull ? .error : .notice,
                isFull
                    ? "the disk is nearly full: no update is taken until there is room"
                    : "there is room on the disk again: updates are taken",
                metadata: ["disk.free.bytes": "\(blobs.freeBytes ?? -1)"]
            )
        }
        return !isFull
    }

    /// Whether the disk has too little room to write another model.
    func isDiskLow(forModel model: SHA256Digest) -> Bool {
        blobs.size(model).map(isShort) ?? false
    }

    private func isShort(by modelBytes: Int) -> Bool {
        blobs.freeBytes.map { $0 < 2 * modelBytes } ?? false
    }
}
