import AsyncHTTPClient
import CoordinatorServer
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTLS
import Identity
import JWTKit
import NIOConcurrencyHelpers
import NIOSSL
import ServiceLifecycle
import Testing

/// A small OpenID provider on loopback, over TLS under an authority of its own: discovery, keys, tokens.
final class LocalIssuer: Sendable {
    /// What a token says; a test changes one thing.
    struct Claims: JWTPayload {
        var iss: String
        var sub = "subject-1"
        var aud: AudienceClaim = "federated-head-ct"
        var exp: Double
        var iat: Double
        var nbf: Double?
        var azp: String?
        var nonce: String?

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    static let clientID = "federated-head-ct"

    let url: String
    let trust: URL
    private let keys: NIOLockedValueBox<[(id: String, key: ES256PrivateKey)]>
    private let isOut = NIOLockedValueBox(false)
    private let asked = NIOLockedValueBox(0)

    private init(
        url: String,
        trust: URL,
        keys: NIOLockedValueBox<[(id: String, key: ES256PrivateKey)]>
    ) {
        self.url = url
        self.trust = trust
        self.keys = keys
    }

    /// The settings of a coordinator that takes this provider's word.
    var provider: IdentityProvider {
        IdentityProvider(issuer: url, clientID: Self.clientID, trust: trust.path)
    }

    /// Whether it answers with an error.
    func setOut(_ value: Bool) { isOut.withLockedValue { $0 = value } }

    /// How often its keys were asked for.
    var timesAsked: Int { asked.withLockedValue { $0 } }

    /// Signs with a new key from now on; the old one is no longer published.
    func rotate(to id: String) {
        keys.withLockedValue { $0 = [(id, ES256PrivateKey())] }
    }

    /// A token with these claims by the newest key, or under another header.
    func token(
        nonce: String?,
        at now: Date = Date(),
        header: JWTHeader = JWTHeader(),
        by stranger: ES256PrivateKey? = nil,
        _ change: (inout Claims) -> Void = { _ in }
    ) async throws -> String {
        let time = now.timeIntervalSince1970
        var claims = Claims(iss: url, exp: time + 300, iat: time, nonce: nonce)
        change(&claims)
        let newest = try #require(keys.withLockedValue { $0.last })
        let id = JWKIdentifier(string: newest.id)
        let signers = await JWTKeyCollection().add(ecdsa: stranger ?? newest.key, kid: id)
        return try await signers.sign(claims, kid: id, header: header)
    }

    /// Runs `body` beside a provider, which ends with it.
    static func running(_ body: (LocalIssuer) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "issuer-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keys = NIOLockedValueBox([(id: "first", key: ES256PrivateKey())])
        let authority = try TestCredentials.foreignAuthority(named: "issuer")
        let trust = folder.appending(path: "trust.pem")
        try CertificateFile.write([authority.root], to: trust)
        let configuration = try tls(authority)
        let known = NIOLockedValueBox<LocalIssuer?>(nil)
        let router = Router()
        router.get("/.well-known/openid-configuration") { _, _ in
            try answer(known) { issuer in
                [
                    "issuer": issuer.url, "jwks_uri": issuer.url + "/keys",
                    "authorization_endpoint": issuer.url + "/authorize",
                    "token_endpoint": issuer.url + "/token",
                ]
            }
        }
        router.get("/keys") { _, _ in
            try answer(known) { issuer in
                issuer.asked.withLockedValue { $0 += 1 }
                return ["keys": issuer.published]
            }
        }
        addSignIn(to: router, known)
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        let app = Application(
            router: router,
            server: try .tls(tlsConfiguration: configuration),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { bound.yield($0.localAddress?.port ?? 0) }
        )
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: app)], logger: app.logger)
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let issuer = LocalIssuer(url: "https://127.0.0.1:\(port)", trust: trust, keys: keys)
            known.withLockedValue { $0 = issuer }
            do { try await body(issuer) } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// A provider at which whoever comes is already signed in.
    private static func addSignIn(
        to router: Router<BasicRequestContext>,
        _ known: NIOLockedValueBox<LocalIssuer?>
    ) {
        let pending = NIOLockedValueBox<(nonce: String, challenge: String)?>(nil)
        router.get("/authorize") { request, _ in
            let query = request.uri.queryParameters
            guard let redirect = query["redirect_uri"], let state = query["state"],
                let nonce = query["nonce"], let challenge = query["code_challenge"],
                query["client_id"].map(String.init) == clientID,
                query["code_challenge_method"] == "S256", query["scope"] == "openid"
            else { return Response(status: .badRequest) }
            pending.withLockedValue { $0 = (String(nonce), String(challenge)) }
            return .redirect(to: "\(redirect)?code=code-1&state=\(state)", type: .found)
        }
        router.post("/token") { request, _ in
            let body = try await request.body.collect(upTo: 4096)
            let fields = URLComponents(string: "?" + String(buffer: body))?.queryItems ?? []
            let verifier = fields.first { $0.name == "code_verifier" }?.value ?? ""
            let challenge = base64URL(
                Data(SHA256.hash(data: Array(verifier.utf8))).base64EncodedString()
            )
            guard let wish = pending.withLockedValue({ $0 }), wish.challenge == challenge,
                fields.contains(where: { $0.name == "code" && $0.value == "code-1" }),
                let issuer = known.withLockedValue({ $0 })
            else { return Response(status: .badRequest) }
            let token = try await issuer.token(nonce: wish.nonce)
            return try answer(known) { _ in ["id_token": token, "token_type": "Bearer"] }
        }
    }

    private var published: [[String: String]] {
        keys.withLockedValue { keys in
            keys.compactMap { entry in
                entry.key.publicKey.parameters.map {
                    [
                        "kty": "EC", "crv": "P-256", "use": "sig", "kid": entry.id, "alg": "ES256",
                        "x": Self.base64URL($0.x), "y": Self.base64URL($0.y),
                    ]
                } ?? nil
            }
        }
            // A key for encryption, which nobody here knows, is passed over.
            + [["kty": "OKP", "crv": "X25519", "use": "enc", "kid": "other", "x": "AA"]]
    }

    private static func base64URL(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func answer(
        _ known: NIOLockedValueBox<LocalIssuer?>,
        _ document: (LocalIssuer) -> Any
    ) throws -> Response {
        guard let issuer = known.withLockedValue({ $0 }), !issuer.isOut.withLockedValue({ $0 })
        else { return Response(status: .serviceUnavailable) }
        let bytes = try JSONSerialization.data(withJSONObject: document(issuer))
        return Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private static func tls(_ authority: CertificateAuthority) throws -> TLSConfiguration {
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issueCoordinatorCertificate(
            for: key.publicKey,
            hosts: ["127.0.0.1"],
            at: Date()
        )
        return .makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(issued.chainPEM.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
            )
        )
    }
}
