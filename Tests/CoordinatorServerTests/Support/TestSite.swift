import AsyncHTTPClient
import struct Crypto.SHA256
import Federation
import Foundation
import Identity
import NIOCore
import NIOHTTP1
import WireProtocol

/// A site as its requests look on the wire, without the agent's good manners.
struct TestSite: Sendable {
    /// What a site signs its requests with.
    struct Signing: Sendable {
        let credentials: TestCredentials
        /// The coordinator's boot as it is now.
        let boot: @Sendable () -> BootID
    }

    let id: SiteID
    let http: HTTPClient
    let port: Int
    /// Nil leaves requests unsigned.
    var signing: Signing?
    /// The site's clock.
    var clock: @Sendable () -> Date = { Date() }

    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        let contentRange: String?

        /// The catalogue's code of an error answer.
        var code: String? {
            try? WireCodec.decode(ErrorResponse.self, from: body).error.code
        }

        /// The decoded body.
        func decoded<Message: Decodable>(_ type: Message.Type) throws -> Message {
            try WireCodec.decode(type, from: body)
        }
    }

    /// Sends a request and collects the answer.
    func send(
        _ method: String,
        _ path: String,
        _ body: [UInt8] = [],
        headers: [(String, String)] = [],
        timeout: TimeAmount = .seconds(30)
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)\(path)")
        request.method = .RAW(value: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let signing { try sign(&request, method, path, body, signing) }
        if !body.isEmpty { request.body = .bytes(body) }
        let response = try await http.execute(request, timeout: timeout)
        let buffer = try await response.body.collect(upTo: 32 << 20)
        return Answer(
            status: Int(response.status.code),
            body: Array(buffer.readableBytesView),
            contentRange: response.headers.first(name: "content-range")
        )
    }

    private func sign(
        _ request: inout HTTPClientRequest,
        _ method: String,
        _ path: String,
        _ body: [UInt8],
        _ signing: Signing
    ) throws {
        let stated = request.headers.first(name: ContentDigest.name)
        let digest = stated ?? ContentDigest.value(of: SHA256.hash(data: body))
        let fields = try fields(method, path, digest, signing)
        request.headers.replaceOrAdd(name: ContentDigest.name, value: digest)
        request.headers.add(name: "Signature-Input", value: fields.input)
        request.headers.add(name: "Signature", value: fields.signature)
    }

    /// A signed request's head as it is on the wire, without the empty line that ends it.
    func head(_ method: String, _ path: String, _ digest: String) throws -> String {
        guard let signing else { return "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n" }
        let fields = try fields(method, path, digest, signing)
        return
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(ContentDigest.name): \(digest)\r\n"
            + "Signature-Input: \(fields.input)\r\nSignature: \(fields.signature)\r\n"
    }

    private func fields(
        _ method: String,
        _ path: String,
        _ digest: String,
        _ signing: Signing
    ) throws -> (input: String, signature: String) {
        var generator = SystemRandomNumberGenerator()
        let fields = try signing.credentials.signer.sign(
            SignedRequest(method: method, target: path, contentDigest: digest),
            boot: signing.boot(),
            at: clock(),
            using: &generator
        )
        return (fields.input, fields.signature)
    }

    /// Sends a message of the protocol.
    func send(_ endpoint: Endpoint, _ path: String, _ message: some Encodable) async throws
        -> Answer
    {
        try await send(endpoint.method, path, try WireCodec.encode(message))
    }

    /// Sends one part of an upload with the digest of `digested`, by default its own bytes.
    func put(
        part index: Int,
        of blob: SHA256Digest,
        _ bytes: [UInt8],
        digested: [UInt8]? = nil
    ) async throws -> Answer {
        let digest = ContentDigest.value(of: SHA256.hash(data: digested ?? bytes))
        return try await send(
            "PUT",
            Endpoint.putPart.path(blob, part: index),
            bytes,
            headers: [(ContentDigest.name, digest)]
        )
    }

    /// Opens, sends all parts of, and closes an upload; the last answer.
    func upload(_ bytes: [UInt8]) async throws -> Answer {
        let blob = SHA256Digest(hashing: bytes)
        let opened = try await send(
            .openUpload,
            Endpoint.openUpload.path(blob),
            OpenUpload(bytes: bytes.count)
        )
        guard opened.status == 200 else { return opened }
        let parts = BlobParts(bytes: bytes.count)
        let present = Set(try opened.decoded(UploadState.self).partsPresent)
        for index in 0..<parts.count where !present.contains(index) {
            guard let range = parts.range(of: index) else { continue }
            let answer = try await put(part: index, of: blob, Array(bytes[range]))
            guard answer.status == 204 else { return answer }
        }
        return try await send("POST", Endpoint.closeUpload.path(blob))
    }

    /// Asks for work once.
    func work(waiting seconds: Int) async throws -> Work? {
        let answer = try await send("GET", "/v1/work?wait=\(seconds)", timeout: .seconds(60))
        return answer.status == 204 ? nil : try answer.decoded(Work.self)
    }
}
