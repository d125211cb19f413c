import struct Crypto.SHA256
package import Federation
package import Foundation
package import WireProtocol

/// Uploads in progress: one folder a site and blob, one synced file a part, so that a restart of either end loses no acknowledged part.
package struct UploadDirectory: Sendable {
    private let folder: URL
    private let blobs: BlobDirectory

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
    /// - Throws: ``CoordinatorError`` `too-large`, or `conflict` if it was opened with another size.
    package func open(_ digest: SHA256Digest, bytes: Int, by site: SiteID) throws -> UploadState {
        guard (1...Limits.blobBytesMax).contains(bytes) else { throw CoordinatorError(.tooLarge) }
        let upload = upload(digest, site)
        try FileManager.default.createDirectory(at: upload, withIntermediateDirectories: true)
        if let known = size(of: upload) {
            guard known == bytes else { throw CoordinatorError(.conflict) }
        } else {
            try DurableFile.write(Array(String(bytes).utf8), to: sizeFile(upload))
        }
        return UploadState(partBytes: Limits.partBytes, partsPresent: partsPresent(upload))
    }

    /// Stores one part after checking its size and digest.
    ///
    /// - Throws: ``CoordinatorError`` `not-found`, `malformed` or `digest-mismatch`; nothing is stored then.
    package func put(
        part index: Int,
        of digest: SHA256Digest,
        by site: SiteID,
        bytes: [UInt8],
        contentDigest: String
    ) throws {
        let upload = upload(digest, site)
        guard let total = size(of: upload) else { throw CoordinatorError(.notFound) }
        guard BlobParts(bytes: total).range(of: index)?.count == bytes.count else {
            throw CoordinatorError(.malformed)
        }
        guard ContentDigest.value(of: SHA256.hash(data: bytes)) == contentDigest else {
            throw CoordinatorError(.digestMismatch)
        }
        try DurableFile.write(bytes, to: partFile(upload, index))
    }

    /// Joins the parts into a blob; the same call again answers the same.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` if parts are missing, `digest-mismatch` after removing all parts.
    package func close(_ digest: SHA256Digest, by site: SiteID) throws -> StoredBlob {
        if let bytes = blobs.size(digest) { return StoredBlob(sha256: digest, bytes: bytes) }
        let upload = upload(digest, site)
        guard let total = size(of: upload) else { throw CoordinatorError(.notFound) }
        let whole = upload.appending(path: "whole")
        try join(upload, total: total, into: whole)
        defer { try? FileManager.default.removeItem(at: upload) }
        try blobs.adopt(whole, as: digest)
        return StoredBlob(sha256: digest, bytes: total)
    }

    private func join(_ upload: URL, total: Int, into whole: URL) throws {
        guard
            FileManager.default.createFile(
                atPath: whole.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CoordinatorError(.internal, "\(whole.path) cannot be created") }
        let output = try FileHandle(forWritingTo: whole)
        defer { try? output.close() }
        for index in 0..<BlobParts(bytes: total).count {
            guard let part = try? Data(contentsOf: partFile(upload, index)) else {
                throw CoordinatorError(.notFound)
            }
            try output.write(contentsOf: part)
        }
        try output.synchronize()
    }

    private func upload(_ digest: SHA256Digest, _ site: SiteID) -> URL {
        folder.appending(path: site.rawValue).appending(path: digest.rawValue)
    }

    private func sizeFile(_ upload: URL) -> URL { upload.appending(path: "bytes") }

    private func partFile(_ upload: URL, _ index: Int) -> URL {
        upload.appending(path: "part-\(index)")
    }

    private func size(of upload: URL) -> Int? {
        (try? String(contentsOf: sizeFile(upload), encoding: .utf8)).flatMap(Int.init)
    }

    private func partsPresent(_ upload: URL) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: upload.path)) ?? []
        return names.compactMap { name in
            name.hasPrefix("part-") ? Int(name.dropFirst("part-".count)) : nil
        }.sorted()
    }
}
