/// A reason why a certificate, key, invite or request could not be made or accepted.
package struct IdentityError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable {
        case invalidInvite = "invalid-invite"
        case invalidCertificate = "invalid-certificate"
        case invalidCertificateRequest = "invalid-certificate-request"
        case invalidKey = "invalid-key"
        case exposedKey = "exposed-key"
        case fileSystem = "file-system"
        case untrustedRoot = "untrusted-root"
        case wrongPassphrase = "wrong-passphrase"
        case signature = "signature"
    }

    /// What kind of failure it is.
    package let code: Code
    /// What happened, to which file or certificate, and what to do; never key material.
    package let message: String

    /// Makes an error from its code and message.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    package var description: String { "\(message) (\(code.rawValue))" }
}
