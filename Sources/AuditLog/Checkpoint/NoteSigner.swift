package import Crypto
import Foundation

/// A secret key that signs notes, apart from the key of any certificate.
package struct NoteSigner: Sendable {
    /// The public part.
    package let key: NoteKey

    private let secret: Curve25519.Signing.PrivateKey

    /// A signer under a name; throws `invalidField` for a name that notes cannot bear.
    package init(
        name: String,
        kind: NoteKey.Kind,
        secret: Curve25519.Signing.PrivateKey
    ) throws(AuditLogError) {
        key = try NoteKey(
            name: name,
            kind: kind,
            publicKey: secret.publicKey.rawRepresentation
        )
        self.secret = secret
    }

    /// A signer from the 32 bytes of its seed.
    package init(
        name: String,
        kind: NoteKey.Kind,
        seed: [UInt8]
    ) throws(AuditLogError) {
        let secret: Curve25519.Signing.PrivateKey
        do {
            secret = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw AuditLogError(.invalidField, field: "key.seed")
        }
        try self.init(name: name, kind: kind, secret: secret)
    }

    /// The 64 bytes of the signature of a message.
    func signature(of message: [UInt8]) throws(AuditLogError) -> [UInt8] {
        do {
            return Array(try secret.signature(for: message))
        } catch {
            throw AuditLogError(.invalidField, field: "signature")
        }
    }
}
