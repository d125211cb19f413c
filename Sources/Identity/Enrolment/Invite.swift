import Crypto

/// The one line with which a site enrols: where the coordinator is, which root to trust, and a single-use token (Protocol.md section 3.1).
package struct Invite: Sendable, Hashable, CustomStringConvertible {
    /// How long an invite can be used, in seconds.
    package static let lifetimeSeconds = 24 * 60 * 60

    /// The coordinator's host name or address.
    package let host: String
    /// The coordinator's enrolment port.
    package let port: Int
    /// SHA-256 of the root certificate's SubjectPublicKeyInfo, 64 hexadecimal digits.
    package let rootFingerprint: String
    /// 128 random bits as 32 hexadecimal digits; known only to the bearer.
    package let token: String

    /// Makes an invite with a fresh token.
    package init(
        host: String,
        port: Int,
        rootFingerprint: String,
        using generator: inout some RandomNumberGenerator
    ) {
        self.host = host
        self.port = port
        self.rootFingerprint = rootFingerprint
        let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        self.token = Hexadecimal.encode(bytes)
    }

    /// Reads the line that `fedcoordinator site invite` printed.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-invite`; the message never repeats the token.
    package init(parsing line: String) throws(IdentityError) {
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[0] == "fed1" else {
            throw IdentityError(
                .invalidInvite,
                "an invite is one line of the form fed1:<host>:<port>:<root>:<token>;"
                    + " ask the operator to run `fedcoordinator site invite` again"
            )
        }
        let host = parts[1..<(parts.count - 3)].joined(separator: ":")
        guard !host.isEmpty, let port = Int(parts[parts.count - 3]), (1...65535).contains(port)
        else {
            throw IdentityError(.invalidInvite, "the invite's host or port cannot be read")
        }
        let root = parts[parts.count - 2]
        let token = parts[parts.count - 1]
        guard Hexadecimal.isText(root, count: 64), Hexadecimal.isText(token, count: 32) else {
            throw IdentityError(
                .invalidInvite,
                "the invite's root fingerprint or token was cut or changed; copy the whole line"
            )
        }
        self.host = host
        self.port = port
        self.rootFingerprint = String(root)
        self.token = String(token)
    }

    /// What the coordinator keeps instead of the token.
    package var tokenHash: String { Self.hash(ofToken: token) }

    /// SHA-256 of a token's digits, as 64 hexadecimal digits.
    package static func hash(ofToken token: String) -> String {
        Hexadecimal.encode(SHA256.hash(data: Array(token.utf8)))
    }

    /// The line itself.
    package var description: String { "fed1:\(host):\(port):\(rootFingerprint):\(token)" }
}
