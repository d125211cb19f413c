import AsyncHTTPClient
import NIOCore
import ProcessResources
import WireProtocol

/// Writes a response's body into its place in a blob, in batches, as it arrives.
enum BodyToDisk {
    private static let batchBytes = 256 * 1024
    private static let batchBuffersMax = 64

    /// Writes one part.
    ///
    /// - Throws: `BlobFailure`, or what the connection throws.
    static func write(
        _ body: HTTPClientResponse.Body,
        part: Int,
        of blob: PartialBlob,
        at pace: Pace?
    ) async throws {
        // The whole is hashed at the end; a digest of each part would be hashing twice.
        let writer = try await BlockingThreads.run { try blob.writer(of: part, isDigested: false) }
        var batch: [ByteBuffer] = []
        var bytes = 0
        for try await buffer in body {
            batch.append(buffer)
            bytes += buffer.readableBytes
            try await pace?.pass(buffer.readableBytes)
            if bytes >= batchBytes || batch.count >= batchBuffersMax {
                try await write(batch, to: writer)
                batch.removeAll(keepingCapacity: true)
                bytes = 0
            }
        }
        if !batch.isEmpty { try await write(batch, to: writer) }
        try await BlockingThreads.run { try writer.finish() }
    }

    private static func write(_ batch: [ByteBuffer], to writer: PartWriter) async throws {
        try await BlockingThreads.run {
            for buffer in batch {
                try unsafe buffer.withUnsafeReadableBytes { try unsafe writer.append($0) }
            }
        }
    }
}
