import Crypto

/// The secret of a site from which every replacement is derived; who has it can link patients.
///
/// HKDF-SHA-256 (RFC 5869) separates the sub-keys, so that one kind of replacement tells nothing
/// about another.
package struct DeidentificationKey: Sendable {
    /// The length of the secret in bytes.
    package static let byteCount = 32

    let uidKey: SymmetricKey
    let patientKey: SymmetricKey
    let dateKey: SymmetricKey
    let fileKey: SymmetricKey
    let deviceKey: SymmetricKey
    let faceKey: SymmetricKey

    /// Makes the sub-keys of a secret of 32 bytes; throws `invalidKey` for another length.
    package init(bytes: [UInt8]) throws(DeidentificationError) {
        guard bytes.count == Self.byteCount else {
            throw DeidentificationError(
                .invalidKey,
                "the key has \(bytes.count) bytes; make a new one of 32 bytes"
            )
        }
        self.init(secret: SymmetricKey(data: bytes))
    }

    private init(secret: SymmetricKey) {
        func subkey(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: secret,
                salt: Array("federated-head-ct/deidentification/1".utf8),
                info: Array(purpose.utf8),
                outputByteCount: 32
            )
        }
        uidKey = subkey("uid")
        patientKey = subkey("patient")
        dateKey = subkey("date")
        fileKey = subkey("file")
        deviceKey = subkey("device")
        faceKey = subkey("face")
    }

    /// The bytes of a new secret, to be stored where only the site can read them.
    package static func generate(using generator: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
