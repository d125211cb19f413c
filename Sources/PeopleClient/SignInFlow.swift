import AsyncHTTPClient
import Crypto
package import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
package import WireProtocol

/// Signs a person in: the authorization code flow with PKCE (RFC 7636) and a redirect to loopback (RFC 8252).
package struct SignInFlow: Sendable {
    private struct TokenAnswer: Decodable { let id_token: String }

    private let connection: CoordinatorConnection
    private let providerTrust: String?
    private let limit: Duration

    /// Signs in at a coordinator; the provider's server must chain to `providerTrust`, or to what the system trusts.
    package init(
        at connection: CoordinatorConnection,
        providerTrust: String? = nil,
        limit: Duration = .seconds(300)
    ) {
        self.connection = connection
        self.providerTrust = providerTrust
        self.limit = limit
    }

    /// Asks the person to visit an address, waits for the browser to come back, and opens a session.
    ///
    /// - Throws: ``PeopleClientError`` if nobody comes back in time, or somebody else does.
    package func run(visit: @Sendable (URL) async throws -> Void) async throws -> Session {
        let offer = try WireCodec.decode(
            SignInOffer.self,
            from: try await connection.send(.beginSignIn)
        )
        let secret = Self.random()
        let state = Self.random()
        let listener = try await RedirectListener.open()
        let redirect = "http://127.0.0.1:\(listener.port)/"
        let query: [(String, String)] = [
            ("response_type", "code"), ("client_id", offer.clientID), ("redirect_uri", redirect),
            ("scope", "openid"), ("state", state), ("nonce", offer.nonce),
            ("code_challenge", Self.base64URL(SHA256.hash(data: Array(secret.utf8)))),
            ("code_challenge_method", "S256"),
        ]
        let separator = offer.authorizationEndpoint.contains("?") ? "&" : "?"
        let text = offer.authorizationEndpoint + separator + Self.form(query)
        guard let url = URL(string: text) else {
            throw PeopleClientError("the provider's address cannot be read: \(text)")
        }
        do {
            try await visit(url)
            let answer = try await listener.answer(within: limit)
            try await listener.close()
            guard answer["state"] == state, let code = answer["code"] else {
                throw PeopleClientError(
                    "the browser came back without a sign-in: \(answer["error"] ?? "unknown")"
                )
            }
            let token = try await exchange(code, secret, redirect, offer)
            return try WireCodec.decode(
                Session.self,
                from: try await connection.send(
                    .openSession,
                    nil,
                    try WireCodec.encode(SignIn(idToken: token))
                )
            )
        } catch {
            try? await listener.close()
            throw error
        }
    }

    private func exchange(
        _ code: String,
        _ secret: String,
        _ redirect: String,
        _ offer: SignInOffer
    ) async throws -> String {
        guard offer.tokenEndpoint.hasPrefix("https://") else {
            throw PeopleClientError("the provider's token endpoint is not https")
        }
        var tls = TLSConfiguration.makeClientConfiguration()
        if let providerTrust {
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(providerTrust))
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.redirectConfiguration = .disallow
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            var request = HTTPClientRequest(url: offer.tokenEndpoint)
            request.method = .POST
            request.headers.add(
                name: "Content-Type",
                value: "application/x-www-form-urlencoded"
            )
            let fields: [(String, String)] = [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
                ("client_id", offer.clientID), ("code_verifier", secret),
            ]
            request.body = .bytes(ByteBuffer(string: Self.form(fields)))
            let response = try await http.execute(request, timeout: .seconds(30))
            let body = try await response.body.collect(upTo: 256 * 1024)
            guard response.status == .ok else {
                throw PeopleClientError("the provider refused the code: \(response.status.code)")
            }
            let answer = try JSONDecoder().decode(
                TokenAnswer.self,
                from: Data(body.readableBytesView)
            )
            try await http.shutdown()
            return answer.id_token
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// `application/x-www-form-urlencoded`, everything escaped but what RFC 3986 leaves alone.
    static func form(_ fields: [(String, String)]) -> String {
        fields.map { name, value in
            let escaped = value.utf8.map { byte in
                let isPlain =
                    (48...57).contains(byte) || (65...90).contains(byte)
                    || (97...122).contains(byte) || [45, 46, 95, 126].contains(byte)
                return isPlain
                    ? String(UnicodeScalar(byte))
                    : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
            return name + "=" + escaped.joined()
        }.joined(separator: "&")
    }
}
