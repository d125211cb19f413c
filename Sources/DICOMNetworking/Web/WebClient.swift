import AsyncHTTPClient
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

    private init(
        _ address: WebAddress,
        _ settings: Settings,
        http: HTTPClient
    ) {
        self.address = address
        self.http = http
        credentials = settings.credentials
        retry = settings.retry
        pace = RequestPace(requestsPerSecond: settings.requestsPerSecond)
    }

    /// How a server is asked.
    package struct Settings: Sendable {
        /// What the server is shown.
        package var credentials = WebCredentials.none
        /// The authority that signed its certificate, in PEM; nil takes the system's roots.
        package var authority: String?
        /// What this machine shows to a server that asks for a certificate; nil for nothing.
        package var identity: ClientIdentity?
        /// The most connections at a time.
        package var connections = 2
        /// The most requests a second.
        package var requestsPerSecond = 10
        /// When a request is sent again.
        package var retry = RetryPolicy()

        /// The settings described at each property.
        package init() {}
    }

    /// Runs `body` with a client of a server, whose connections are closed afterwards.
    ///
    /// - Throws: ``WebError`` `bad-settings` if authority, certificate or key cannot be read, or what `body` throws.
    package static func connected<Result: Sendable>(
        to address: WebAddress,
        _ settings: Settings,
        _ body: (WebClient) async throws -> Result
    ) async throws -> Result {
        let http = try connections(settings)
        do {
            let result = try await body(WebClient(address, settings, http: http))
            try await http.shutdown()
            return result
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    private static func connections(_ settings: Settings) throws(WebError) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let authority = settings.authority {
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(authority) else {
                throw WebError(
                    .badSettings,
                    "\(authority) holds no certificates in PEM",
                    hint: "name the file of the authority that signed the server's certificate"
                )
            }
            tls.trustRoots = .certificates(certificates)
        }
        try settings.identity?.present(in: &tls)
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(300))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            settings.connections
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
