import CanonicalJSON
package import Crypto

/// A manifest with the signature of the site that made it (ECDSA over P-256 with SHA-256).
package struct SignedManifest: Hashable, Sendable, Codable {
    /// What is signed, in its canonical form (RFC 8785).
    package let manifest: StudyManifest
    /// The public key, X9.63 in hexadecimal.
    package let publicKey: String
    /// The signature, `r` and `s` in hexadecimal.
    package let signature: String

    /// Signs a manifest.
    package init(_ manifest: StudyManifest, key: P256.Signing.PrivateKey) throws {
        self.manifest = manifest
        publicKey = Hexadecimal.text(key.publicKey.x963Representation)
        signature = Hexadecimal.text(
            try key.signature(for: CanonicalEncoder().encode(manifest)).rawRepresentation
        )
    }

    /// Whether the signature is that of the key in the record over the manifest as it is.
    ///
    /// Who the key belongs to is for the reader to know.
    package var isIntact: Bool {
        guard let keyBytes = Hexadecimal.bytes(publicKey),
            let key = try? P256.Signing.PublicKey(x963Representation: keyBytes),
            let signatureBytes = Hexadecimal.bytes(signature),
            let signed = try? P256.Signing.ECDSASignature(rawRepresentation: signatureBytes),
            let bytes = try? CanonicalEncoder().encode(manifest)
        else { return false }
        return key.isValidSignature(signed, for: bytes)
    }

    /// Whether the record names this public key; see ``isIntact`` for the signature.
    package func isSigned(by key: P256.Signing.PublicKey) -> Bool {
        publicKey == Hexadecimal.text(key.x963Representation)
    }

    /// The bytes of a public key as records name it.
    package static func keyBytes(_ publicKey: String) -> [UInt8]? { Hexadecimal.bytes(publicKey) }
}
