import Crypto
import HTTPTypes
package import Hummingbird
import NIOCore
import WireProtocol

extension Request {
    /// Reads the body of a message, within the message's limit, and compares it with its digest if it
    /// has one; a site's always has, and is signed.
    ///
    /// - Throws: ``CoordinatorError`` `too-large` or `digest-mismatch`.
    func bytes(of endpoint: Endpoint) async throws -> [UInt8] {
        do {
            let buffer = try await body.collect(upTo: endpoint.bodyBytesMax)
            let bytes = Array(buffer.readableBytesView)
            let stated = headers[field: ContentDigest.name]
            guard stated == nil || stated == ContentDigest.value(of: SHA256.hash(data: bytes))
            else { throw CoordinatorError(.digestMismatch, endpoint.rawValue) }
            return bytes
        } catch is NIOTooManyBytesError {
            throw CoordinatorError(.tooLarge)
        }
    }

    /// Decodes the JSON body of a message.
    ///
    /// - Throws: ``CoordinatorError`` `malformed` or `too-large`.
    func message<Message: Decodable>(
        _ type: Message.Type,
        of endpoint: Endpoint
    ) async throws -> Message {
        let bytes = try await bytes(of: endpoint)
        do {
            return try WireCodec.decode(type, from: bytes)
        } catch {
            throw CoordinatorError(.malformed, "\(endpoint.rawValue): \(error)")
        }
    }
}

extension Response {
    /// A JSON answer.
    package static func json(
        _ message: some Encodable,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try WireCodec.encode(message)))
        )
    }

    /// An answer of bytes.
    package static func bytes(
        _ bytes: some Sequence<UInt8>,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/octet-stream"
        return Response(
            status: status,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
