import AsyncHTTPClient
package import Foundation
import JWTKit
import NIOCore
import NIOHTTP1
import NIOSSL
import ServiceLifecycle
import WireProtocol

/// The provider's public keys: asked for when they are needed, kept for outages, and changed when it changes them.
package actor ProviderKeys {
    /// The keys at one moment.
    package struct Snapshot: Sendable {
        private let keys: [String: JWK]

        /// Takes those keys of a set (RFC 7517) that can verify signatures and are long enough; kinds that
        /// nobody here knows are passed over.
        init(set: [UInt8]) throws {
            let entries = try JSONDecoder().decode(KeySet.self, from: Data(set)).keys
            keys = Dictionary(
                entries.compactMap { entry in
                    guard let key = entry.key, let id = key.keyIdentifier?.string,
                        entry.use == nil || entry.use == "sig", Self.isUsable(key)
                    else { return nil }
                    return (id, key)
                },
                uniquingKeysWith: { first, _ in first }
            )
        }

        /// The key of an id; nil if the provider has none.
        func key(_ id: String) -> JWK? { keys[id] }

        private struct KeySet: Decodable { let keys: [Entry] }

        private struct Entry: Decodable {
            let key: JWK?
            let use: String?

            private enum CodingKeys: CodingKey { case use }

            init(from decoder: any Decoder) throws {
                key = try? JWK(from: decoder)
                use = try decoder.container(keyedBy: CodingKeys.self)
                    .decodeIfPresent(String.self, forKey: .use)
            }
        }

        private static func isUsable(_ key: JWK) -> Bool {
            guard key.privateExponent == nil else { return false }
            guard key.keyType == .rsa else { return true }
            // RFC 7518 section 3.3: 2048 bits or more.
            return (key.modulus.flatMap { Data(base64URL: $0) }?.count ?? 0) >= 256
        }
    }

    /// Fetches a JSON document; throws if the provider does not give it.
    package typealias Fetch = @Sendable (_ url: String) async throws -> [UInt8]

    /// How long keys are taken without asking again.
    static let freshSeconds = 3600.0
    /// How long keys are taken while the provider does not answer.
    static let staleSeconds = 86_400.0
    /// How soon a key that is not known makes the coordinator ask again.
    static let pauseSeconds = 60.0

    private struct Discovery: Decodable {
        let issuer: String
        let jwks_uri: String
        let authorization_endpoint: String
        let token_endpoint: String
    }

    /// Where people sign in, as the provider says itself (OpenID Connect Discovery 1.0 section 3).
    package struct Endpoints: Sendable, Hashable {
        /// Where the browser goes.
        package let authorization: String
        /// Where the code is exchanged.
        package let token: String
    }

    private let provider: IdentityProvider
    private let fetch: Fetch
    private let now: @Sendable () -> Date
    private var known: (keys: Snapshot, endpoints: Endpoints, at: Date)?
    private var asked = Date.distantPast

    /// The keys of a provider.
    package init(
        of provider: IdentityProvider,
        now: @escaping @Sendable () -> Date,
        fetch: @escaping Fetch
    ) {
        self.provider = provider
        self.now = now
        self.fetch = fetch
    }

    /// Where people sign in.
    ///
    /// - Throws: ``CoordinatorError`` `busy` if the provider does not answer and never did.
    func endpoints() async throws -> Endpoints { try await current(for: nil).endpoints }

    /// The keys, with the one of an id if the provider has it by now.
    ///
    /// - Throws: ``CoordinatorError`` `busy` if the provider has not answered for a day.
    func keys(for id: String?) async throws -> Snapshot { try await current(for: id).keys }

    private func current(for id: String?) async throws -> (keys: Snapshot, endpoints: Endpoints) {
        let time = now()
        let age = known.map { time.timeIntervalSince($0.at) } ?? .infinity
        let isMissing = id.map { known?.keys.key($0) == nil } ?? false
        let isDue = age >= Self.freshSeconds || isMissing
        if isDue, known == nil || time.timeIntervalSince(asked) >= Self.pauseSeconds {
            asked = time
            do {
                let answer = try await ask()
                known = (answer.keys, answer.endpoints, time)
                return answer
            } catch  where known != nil {
                // What is known is good for a while.
            } catch {
                throw CoordinatorError(.busy, "the identity provider does not answer: \(error)")
            }
        }
        guard let known, time.timeIntervalSince(known.at) < Self.staleSeconds else {
            throw CoordinatorError(.busy, "the identity provider has not answered for a day")
        }
        return (known.keys, known.endpoints)
    }

    private func ask() async throws -> (keys: Snapshot, endpoints: Endpoints) {
        let base = provider.issuer.hasSuffix("/") ? provider.issuer : provider.issuer + "/"
        let discovery = try JSONDecoder().decode(
            Discovery.self,
            from: Data(try await fetch(base + ".well-known/openid-configuration"))
        )
        let urls = [
            discovery.jwks_uri, discovery.authorization_endpoint, discovery.token_endpoint,
        ]
        guard discovery.issuer == provider.issuer, urls.allSatisfy({ $0.hasPrefix("https://") })
        else { throw CoordinatorError(.internal, "its configuration is of another issuer") }
        return (
            try Snapshot(set: try await fetch(discovery.jwks_uri)),
            Endpoints(
                authorization: discovery.authorization_endpoint,
                token: discovery.token_endpoint
            )
        )
    }
}

/// Fetches the provider's documents over TLS: small, soon, from nowhere else.
struct ProviderClient: Service {
    private static let bytesMax = 256 * 1024
    private let http: HTTPClient

    /// Trusts what the settings say.
    init(_ provider: IdentityProvider) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let trust = provider.trust {
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(trust))
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(5))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Fetches a document.
    func fetch(_ url: String) async throws -> [UInt8] {
        let response = try await http.execute(HTTPClientRequest(url: url), timeout: .seconds(10))
        guard response.status == .ok else {
            throw CoordinatorError(.internal, "\(url): status \(response.status.code)")
        }
        return Array(try await response.body.collect(upTo: Self.bytesMax).readableBytesView)
    }

    /// Waits for graceful shutdown, then closes its connections.
    func run() async throws {
        try? await gracefulShutdown()
        try await http.shutdown()
    }
}
