import AsyncHTTPClient
import Federation
import NIOCore

/// What a message carries, with its digest for the ledger.
struct MessageBody: Sendable {
    /// Written at once; more would be held twice, plain and encrypted.
    private static let pieceBytes = 256 * 1024

    let bytes: ByteBuffer
    let sha256: SHA256Digest

    /// No body.
    static let none = MessageBody([])

    /// A body in memory, which is hashed.
    init(_ bytes: [UInt8]) {
        self.bytes = ByteBuffer(bytes: bytes)
        sha256 = SHA256Digest(hashing: bytes)
    }

    /// A body whose digest is known.
    init(_ bytes: ByteBuffer, sha256: SHA256Digest) {
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// For the request, held back to a pace if it is large; nil if there are no bytes.
    func requestBody(at pace: Pace?) -> HTTPClientRequest.Body? {
        guard bytes.readableBytes > 0 else { return nil }
        let pieceBytes = pace == nil ? Self.pieceBytes : Pace.pieceBytes
        guard bytes.readableBytes > pieceBytes else { return .bytes(bytes) }
        return .stream(
            Pieces(bytes: bytes, pieceBytes: pieceBytes, pace: pace),
            length: .known(Int64(bytes.readableBytes))
        )
    }

    /// The bytes in pieces, without copying.
    private struct Pieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var bytes: ByteBuffer
        let pieceBytes: Int
        let pace: Pace?

        func makeAsyncIterator() -> Pieces { self }

        mutating func next() async throws -> ByteBuffer? {
            let count = Swift.min(pieceBytes, bytes.readableBytes)
            try await pace?.pass(count)
            return count > 0 ? bytes.readSlice(length: count) : nil
        }
    }
}
