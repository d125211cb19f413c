import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
package import WireProtocol

/// A person's connection to a coordinator's people's port, verified by the federation's root alone.
package struct CoordinatorConnection: Sendable {
    private static let bodyBytesMax = 64 << 20
    private let address: String
    private let http: HTTPClient

    /// Dials `host:port`, going by the root certificates of a PEM file.
    ///
    /// - Throws: ``PeopleClientError`` if the file cannot be read.
    package init(to address: String, root: String) throws {
        self.address = address
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        do {
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(root))
        } catch {
            throw PeopleClientError(
                "\(root) holds no root certificate; ask the operator for root.pem"
            )
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(60))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Sends a message and returns the body of its answer.
    ///
    /// - Throws: ``PeopleClientError`` with the coordinator's words.
    package func send(
        _ endpoint: Endpoint,
        _ path: String? = nil,
        _ body: [UInt8] = [],
        token: String? = nil
    ) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: "https://\(address)\(path ?? endpoint.template)")
        request.method = .RAW(value: endpoint.method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response: HTTPClientResponse
        let bytes: [UInt8]
        do {
            response = try await http.execute(request, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: Self.bodyBytesMax)
            bytes = Array(body.readableBytesView)
        } catch {
            throw PeopleClientError("the coordinator at \(address) does not answer (\(error))")
        }
        guard response.status.code < 400 else {
            let error = try? WireCodec.decode(ErrorResponse.self, from: bytes).error
            throw PeopleClientError(
                error.map { "\($0.message) (\($0.code))" } ?? "status \(response.status.code)",
                code: error?.code
            )
        }
        return bytes
    }

    /// Closes its connections.
    package func shutdown() async throws { try await http.shutdown() }
}

/// Why a person's message had no answer, in words for the person.
package struct PeopleClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In words.
    package let description: String
    /// The coordinator's code; nil where it did not answer.
    package let code: String?

    /// Makes an error.
    package init(_ description: String, code: String? = nil) {
        self.description = description
        self.code = code
    }
}
