package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks one DICOMweb server, and nothing else: addresses in its answers are never followed.
package struct WebClient: Sendable {
    /// Where the server is.
    package let address: WebAddress
    /// How many requests left.
    package let counts = RequestCounts()
    private let http: HTTPClient
    private let credentials: WebCredentials
    private let pace: RequestPace
    private let retry: RetryPolicy

    /// The time a server has until its answer begins: images may come from a tape.
    private static let answerTime = TimeAmount.minutes(10)

    /// A client of a server.
    ///
    /// - Parameters:
    ///   - address: Where it is.
    ///   - credentials: What it is shown.
    ///   - requestsPerSecond: The most requests a second.
    ///   - retry: When a request is sent again.
    ///   - http: The connections.
    package init(
        _ address: WebAddress,
        credentials: WebCredentials,
        requestsPerSecond: Int,
        retry: RetryPolicy = RetryPolicy(),
        http: HTTPClient
    ) {
        self.address = address
        self.credentials = credentials
        self.http = http
        self.retry = retry
        pace = RequestPace(requestsPerSecond: requestsPerSecond)
    }

    /// Connections to a server: verified against `authority` (PEM), or else the system's roots.
    ///
    /// - Throws: ``WebError`` `bad-settings` if the authority cannot be read.
    package static func connections(
        _ count: Int,
        authority: String?
    ) throws(WebError) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let authority {
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(authority) else {
                throw WebError(
                    .badSettings,
                    "\(authority) holds no certificates in PEM",
                    hint: "name the file of the authority that signed the server's certificate"
                )
            }
            tls.trustRoots = .certificates(certificates)
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(300))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = count
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Sends a request and returns an answer of status 200 to 299.
    ///
    /// - Throws: ``WebError``.
    func get(
        _ components: [String],
        _ query: [(String, String)] = [],
        accept: String,
        kind: RequestKind
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address.url(components, query))
        request.headers.add(name: "Accept", value: accept)
        request.headers.add(name: "User-Agent", value: "fedagent")
        if let value = credentials.authorization {
            request.headers.add(name: "Authorization", value: value)
        }
        return try await send(request, kind)
    }

    private func send(
        _ request: HTTPClientRequest,
        _ kind: RequestKind
    ) async throws -> HTTPClientResponse {
        var attempt = 1
        while true {
            var header: String?
            do {
                let response = try await once(request, kind)
                let isBusy = RetryPolicy.isRetryable(Int(response.status.code))
                guard isBusy, attempt < retry.attemptsMax else {
                    return try WebAnswer.checked(response, from: address)
                }
                header = response.headers.first(name: "Retry-After")
            } catch let error as WebError
                where error.code == .unreachable && attempt < retry.attemptsMax
            {}
            await pace.hold(for: retry.wait(after: attempt, retryAfter: header, now: Date()))
            attempt += 1
        }
    }

    private func once(
        _ request: HTTPClientRequest,
        _ kind: RequestKind
    ) async throws -> HTTPClientResponse {
        try await pace.turn()
        counts.add(kind)
        do {
            return try await http.execute(request, timeout: Self.answerTime)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw WebAnswer.failure(error, to: address)
        }
    }
}
