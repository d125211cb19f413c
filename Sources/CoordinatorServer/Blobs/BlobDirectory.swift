import struct Crypto.SHA256
package import Federation
package import Foundation
package import WireProtocol

/// Models and deltas on disk, each under its SHA-256; a file that is there is whole.
package struct BlobDirectory: Sendable {
    private let folder: URL

    /// Opens the folder, making it with mode 0700 if it is not there.
    package init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Where a blob lies, or would lie.
    package func url(_ digest: SHA256Digest) -> URL {
        folder.appending(path: "\(digest.rawValue).safetensors")
    }

    /// A file in the same folder for work in progress, to be adopted afterwards.
    package func scratch(_ name: String) -> URL { folder.appending(path: "\(name).scratch") }

    /// Where a strategy keeps what it remembers from round to round, beside the models.
    package var stateFolder: URL { folder }

    /// The size of a blob, or nil if it is not there.
    package func size(_ digest: SHA256Digest) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url(digest).path)
        return (attributes?[.size] as? NSNumber)?.intValue
    }

    /// Reads a range of a blob.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` if the blob is not there or shorter.
    package func read(_ digest: SHA256Digest, _ range: ByteRange) throws -> Data {
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: url(digest))
        } catch {
            throw CoordinatorError(.notFound)
        }
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(range.bytes.lowerBound))
        guard let data = try handle.read(upToCount: range.bytes.count),
            data.count == range.bytes.count
        else { throw CoordinatorError(.notFound) }
        return data
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
}
