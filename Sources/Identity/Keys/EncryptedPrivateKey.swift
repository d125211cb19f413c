package import Crypto
import CryptoExtras
import Foundation
import SwiftASN1

/// A P-256 key in a PEM file under a passphrase: PKCS#8 EncryptedPrivateKeyInfo with PBES2 (RFC 8018), scrypt (RFC 7914)
/// and AES-256-CBC, which `openssl pkey` reads too.
package enum EncryptedPrivateKey {
    /// 16 MiB and about a second of work for each guess; OpenSSL does not read what needs more memory.
    private static let work = ScryptWork(rounds: 16_384, blockSize: 8, parallelism: 8)
    private static let label = "ENCRYPTED PRIVATE KEY"

    /// Encrypts a key under a passphrase.
    ///
    /// - Throws: ``IdentityError`` `wrong-passphrase` if it has fewer than 12 characters.
    package static func pem(
        of key: P256.Signing.PrivateKey,
        passphrase: String
    ) throws -> String {
        guard passphrase.count >= 12 else {
            throw IdentityError(.wrongPassphrase, "the passphrase needs 12 characters or more")
        }
        let salt = random(16)
        let iv = random(16)
        let box = try AES._CBC.encrypt(
            Array(key.derRepresentation),
            using: try work.key(of: passphrase, salt: salt),
            iv: try AES._CBC.IV(ivBytes: iv)
        )
        var serializer = DER.Serializer()
        try serializer.serialize(
            EncryptedKeyInfo(work: work, salt: salt, iv: iv, box: Array(box))
        )
        return PEMDocument(type: label, derBytes: serializer.serializedBytes).pemString
    }

    /// Decrypts a key.
    ///
    /// - Throws: ``IdentityError`` `wrong-passphrase`, or `invalid-key` if the text is no such file.
    package static func key(
        pem: String,
        passphrase: String
    ) throws(IdentityError) -> P256.Signing.PrivateKey {
        guard let document = try? PEMDocument(pemString: pem), document.discriminator == label,
            let node = try? DER.parse(document.derBytes),
            let info = try? EncryptedKeyInfo(derEncoded: node)
        else { throw IdentityError(.invalidKey, "this is no encrypted private key in PEM") }
        guard let secret = try? info.work.key(of: passphrase, salt: info.salt),
            let iv = try? AES._CBC.IV(ivBytes: info.iv),
            let der = try? AES._CBC.decrypt(info.box, using: secret, iv: iv),
            let key = try? P256.Signing.PrivateKey(derRepresentation: der)
        else {
            throw IdentityError(.wrongPassphrase, "the passphrase does not open the key")
        }
        return key
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

/// The cost of one guess of a passphrase (RFC 7914).
struct ScryptWork: Hashable {
    var rounds: Int
    var blockSize: Int
    var parallelism: Int

    func key(of passphrase: String, salt: [UInt8]) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(passphrase.utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: blockSize,
            parallelism: parallelism
        )
    }
}
