import struct Crypto.SHA256
import HTTPTypes
import Hummingbird
import NIOCore
import ProcessResources
import WireProtocol

/// Bytes between connections and files, in batches small enough that hundreds of transfers fit in memory.
enum BlobTransfer {
    /// Buffers in a batch: a peer that sends single bytes must not make us hold a buffer for each.
    private static let batchBuffersMax = 64
    /// Parts between two flushes of an upload.
    private static let partsPerFlush = 4

    /// Answers a range of a blob, reading while it sends.
    static func response(
        from reader: BlobReader,
        _ range: ByteRange,
        total: Int,
        on channel: any Channel
    ) -> Response {
        let body = ResponseBody(contentLength: range.bytes.count) { writer in
            let batchBytes = FastLane.batchBytes(for: channel)
            var position = range.bytes.lowerBound
            var seen = position
            while position < range.bytes.upperBound {
                let block = position..<min(position + batchBytes, range.bytes.upperBound)
                try await writer.write(try await BlockingThreads.run { try reader.read(block) })
                position = block.upperBound
                // A write only queues: the connection says that it is full after its event loop
                // has seen the bytes, and until then a whole part would be queued.
                guard position - seen >= FastLane.queuedBytes(forBatches: batchBytes) else {
                    continue
                }
                try await channel.eventLoop.submit {}.get()
                seen = position
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .partialContent,
            headers: [
                .contentType: "application/octet-stream",
                .contentRange: range.responseHeader(total: total),
            ],
            body: body
        )
    }

    /// Stores a part as it arrives, after checking its size and digest.
    ///
    /// - Throws: ``CoordinatorError`` `malformed`, `too-large` or `digest-mismatch`; the part is
    ///   not counted then.
    static func receive(
        _ request: Request,
        part: Int,
        of upload: PartialBlob,
        on channel: any Channel
    ) async throws {
        let stated = HTTPField.Name(ContentDigest.name).flatMap { request.headers[$0] }
        let length = request.headers[.contentLength].flatMap { Int($0) }
        guard length ?? 0 <= Limits.partBytes else { throw CoordinatorError(.tooLarge) }
        do {
            let writer = try await BlockingThreads.run {
                try upload.writer(of: part, isDigested: true)
            }
            guard length ?? writer.byteCount == writer.byteCount else {
                throw BlobFailure.otherPartSize
            }
            let batchBytes = FastLane.batchBytes(for: channel)
            try await write(request.body, to: writer, batchBytes: batchBytes)
            try await BlockingThreads.run {
                try writer.finish { ContentDigest.value(of: $0) == stated }
            }
        } catch let failure as BlobFailure {
            throw CoordinatorError(failure)
        }
        // The rest is only a head start on the close, which reports what fails.
        BlockingThreads.begin { try? upload.advance() }
        if part % partsPerFlush == partsPerFlush - 1 {
            BlockingThreads.begin { try? upload.flush() }
        }
    }

    private static func write(
        _ body: RequestBody,
        to writer: PartWriter,
        batchBytes: Int
    ) async throws {
        var batch: [ByteBuffer] = []
        var bytes = 0
        for try await buffer in body {
            batch.append(buffer)
            bytes += buffer.readableBytes
            if bytes >= batchBytes || batch.count >= batchBuffersMax {
                try await write(batch, to: writer)
                batch.removeAll(keepingCapacity: true)
                bytes = 0
            }
        }
        if !batch.isEmpty { try await write(batch, to: writer) }
    }

    private static func write(_ batch: [ByteBuffer], to writer: PartWriter) async throws {
        try await BlockingThreads.run {
            for buffer in batch {
                try unsafe buffer.withUnsafeReadableBytes { try unsafe writer.append($0) }
            }
        }
    }
}
