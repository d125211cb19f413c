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

    /// For the request; nil if there are no bytes.
    var requestBody: HTTPClientRequest.Body? {
        guard bytes.readableBytes > 0 else { return nil }
        guard bytes.readableBytes > Self.pieceBytes else { return .bytes(bytes) }
        return .stream(Pieces(bytes: bytes), length: .known(Int64(bytes.readableBytes)))
    }

    /// The bytes in pieces, without copying.
    private struct Pieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var bytes: ByteBuffer

        func makeAsyncIterator() -> Pieces { self }

        mutating func next() async -> ByteBuffer? {
            let count = Swift.min(MessageBody.pieceBytes, bytes.readableBytes)
            return count > 0 ? bytes.readSlice(length: count) : nil
        }
    }
}
