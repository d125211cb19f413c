import Crypto
import Foundation

/// A public key that signs notes under a name, as C2SP `signed-note` writes it:
/// `name+keyid+base64(type ‖ key)`.
package struct NoteKey: Sendable, Hashable, CustomStringConvertible {
    /// What a signature means; the byte before the key.
    package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// The log itself: Ed25519 over the text of the note.
        case log = 1
        /// A witness: `cosignature/v1`, Ed25519 over the time and the text of the note.
        case witness = 4
    }

    /// The name: of a log its origin, of a witness its host and path.
    package let name: String
    /// What its signatures mean.
    package let kind: Kind
    /// The 32 bytes of the Ed25519 key.
    package let publicKey: [UInt8]
    /// The first four bytes of SHA-256 over name, newline, type and key.
    package let id: [UInt8]

    /// A key; throws `invalidField` for a name with a space, `+` or control characters.
    package init(
        name: String,
        kind: Kind,
        publicKey: some Sequence<UInt8>
    ) throws(AuditLogError) {
        let key = Array(publicKey)
        guard Self.isName(name) else { throw AuditLogError(.invalidField, field: "key.name") }
        guard key.count == 32 else { throw AuditLogError(.invalidField, field: "key") }
        self.name = name
        self.kind = kind
        self.publicKey = key
        id = Array(
            SHA256.hash(data: Array(name.utf8) + [10, kind.rawValue] + key).prefix(4)
        )
    }

    /// Reads the text form; throws `invalidField` where it is not one, or the id is not the key's.
    package init(parsing text: String) throws(AuditLogError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Data(base64Encoded: String(parts[2])),
            let kind = bytes.first.flatMap(Kind.init(rawValue:))
        else { throw AuditLogError(.invalidField, field: "key") }
        try self.init(name: String(parts[0]), kind: kind, publicKey: bytes.dropFirst())
        guard description == text else { throw AuditLogError(.invalidField, field: "key.id") }
    }

    /// Reads the text form of a key of one kind; throws `invalidField` for another.
    package init(parsing text: String, kind: Kind) throws(AuditLogError) {
        try self.init(parsing: text)
        guard self.kind == kind else { throw AuditLogError(.invalidField, field: "key.type") }
    }

    /// The text form.
    package var description: String {
        let digits = id.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        let bytes = Data([kind.rawValue] + publicKey)
        return "\(name)+\(digits.joined())+\(bytes.base64EncodedString())"
    }

    /// Whether the 64 bytes sign the message.
    func verifies(_ signature: some Sequence<UInt8>, of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(Data(signature), for: message)
    }

    private static func isName(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0.value > 32 && $0 != "+" && $0.value != 127
                    && !$0.properties.isWhitespace
            }
    }
}
