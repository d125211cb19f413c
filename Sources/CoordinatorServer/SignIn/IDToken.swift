import Crypto
package import Foundation
import JWTKit

/// Checks ID tokens as OpenID Connect Core 1.0 section 3.1.3.7 asks, and more strictly where it leaves a choice.
package struct IDToken: Sendable {
    /// Why a token is not taken, as a code for the log; the one who signs in only hears that it was refused.
    package enum Refusal: String, Error, Sendable, Hashable {
        case malformed
        case algorithm
        case unknownKey = "unknown-key"
        case signature
        case issuer
        case audience
        case expired
        case notYetValid = "not-yet-valid"
        case nonce
    }

    /// The algorithms that may be accepted: signatures with public keys, none of them broken.
    package static let algorithms: Set<String> = ["ES256", "ES384", "EdDSA", "PS256", "RS256"]
    /// How far clocks may be apart, in seconds.
    package static let skewSeconds = 60.0
    /// The longest token.
    package static let bytesMax = 16 * 1024

    /// The subject's identifier at the issuer.
    package let subject: String
    /// The nonce the token was asked for with.
    package let nonce: String

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let typ: String?
        let crit: [String]?
    }

    private struct Claims: JWTPayload {
        let iss: String
        let sub: String
        let aud: AudienceClaim
        let exp: Double
        let iat: Double
        let nbf: Double?
        let azp: String?
        let nonce: String?

        // Times are checked by the caller, whose clock is a parameter.
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    /// Verifies a token against the provider's keys as they are now.
    ///
    /// - Throws: ``Refusal``.
    package init(
        verifying token: String,
        of provider: IdentityProvider,
        keys: ProviderKeys.Snapshot,
        at now: Date
    ) async throws {
        guard token.utf8.count <= Self.bytesMax else { throw Refusal.malformed }
        let header = try Self.header(of: token)
        let allowed = provider.algorithms.map(Set.init) ?? Self.algorithms
        guard allowed.contains(header.alg), Self.algorithms.contains(header.alg) else {
            throw Refusal.algorithm
        }
        guard let kid = header.kid, let key = keys.key(kid) else { throw Refusal.unknownKey }
        guard key.algorithm == nil || key.algorithm?.rawValue == header.alg else {
            throw Refusal.algorithm
        }
        let claims = try await Self.claims(of: token, key, header.alg)
        try Self.check(claims, provider, at: now)
        guard let nonce = claims.nonce, !claims.sub.isEmpty, claims.sub.utf8.count <= 255 else {
            throw Refusal.nonce
        }
        (subject, self.nonce) = (claims.sub, nonce)
    }

    /// The id of the key that a token says signed it; nil if it says none.
    ///
    /// - Throws: ``Refusal`` `malformed`.
    static func keyID(of token: String) throws -> String? {
        guard token.utf8.count <= bytesMax else { throw Refusal.malformed }
        return try header(of: token).kid
    }

    private static func header(of token: String) throws -> Header {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Data(base64URL: parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: bytes), header.crit == nil,
            header.typ.map({ $0.uppercased() == "JWT" }) ?? true
        else { throw Refusal.malformed }
        return header
    }

    private static func claims(of token: String, _ key: JWK, _ algorithm: String) async throws
        -> Claims
    {
        // One key alone, so that no other can be taken in its stead.
        let collection = JWTKeyCollection()
        var key = key
        key.algorithm = key.algorithm ?? JWK.Algorithm(rawValue: algorithm)
        do {
            try await collection.add(jwk: key)
        } catch {
            throw Refusal.unknownKey
        }
        do {
            return try await collection.verify(token, as: Claims.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw Refusal.malformed
        } catch is DecodingError {
            throw Refusal.malformed
        } catch {
            throw Refusal.signature
        }
    }

    private static func check(
        _ claims: Claims,
        _ provider: IdentityProvider,
        at now: Date
    ) throws(Refusal) {
        let time = now.timeIntervalSince1970
        guard claims.iss == provider.issuer else { throw .issuer }
        guard claims.aud.value == [provider.clientID],
            claims.azp == nil || claims.azp == provider.clientID
        else { throw .audience }
        guard claims.exp > time - skewSeconds, claims.iat > time - 86_400 else { throw .expired }
        guard claims.iat < time + skewSeconds, (claims.nbf ?? 0) < time + skewSeconds else {
            throw .notYetValid
        }
    }
}

extension Data {
    /// Reads base64url without padding (RFC 7515 section 2); nil where it is none.
    init?(base64URL text: some StringProtocol) {
        guard !text.contains("=") else { return nil }
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
