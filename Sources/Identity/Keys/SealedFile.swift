import Crypto
import CryptoExtras
package import Foundation

/// Files of secrets under a passphrase, for a copy that leaves the machine: scrypt (RFC 7914), then AES-256-GCM
/// that also covers each file's name.
///
///     fed-sealed/1 LF, 16 bytes salt, 12 bytes nonce, ciphertext, 16 bytes tag
package struct SealedFile: Sendable {
    private static let head = Array("fed-sealed/1\n".utf8)
    private static let saltBytes = 16
    private static let work = ScryptWork(rounds: 16_384, blockSize: 8, parallelism: 8)

    private let salt: [UInt8]
    private let key: SymmetricKey

    /// Seals under a passphrase, with a fresh salt.
    ///
    /// - Throws: ``IdentityError`` `wrong-passphrase` if it has fewer than 12 characters.
    package init(passphrase: String) throws {
        guard passphrase.count >= 12 else {
            throw IdentityError(.wrongPassphrase, "the passphrase needs 12 characters or more")
        }
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltBytes).map { _ in
            UInt8.random(in: .min ... .max, using: &generator)
        }
        try self.init(passphrase: passphrase, salt: salt)
    }

    /// Opens what was sealed under a passphrase with the salt that a sealed file begins with.
    package init(passphrase: String, opening sealed: Data) throws {
        guard sealed.starts(with: Self.head), sealed.count > Self.head.count + Self.saltBytes + 28
        else { throw IdentityError(.invalidKey, "this is no sealed file") }
        let salt = sealed.dropFirst(Self.head.count).prefix(Self.saltBytes)
        try self.init(passphrase: passphrase, salt: Array(salt))
    }

    private init(passphrase: String, salt: [UInt8]) throws {
        self.salt = salt
        key = try Self.work.key(of: passphrase, salt: salt)
    }

    /// The sealed bytes of a file of this name.
    package func seal(_ data: Data, named name: String) throws -> Data {
        let box = try AES.GCM.seal(data, using: key, authenticating: Data(name.utf8))
        guard let combined = box.combined else {
            throw IdentityError(.invalidKey, "\(name) cannot be sealed")
        }
        return Data(Self.head + salt) + combined
    }

    /// The bytes of a sealed file of this name.
    ///
    /// - Throws: ``IdentityError`` `wrong-passphrase`, also where the file was changed or renamed.
    package func open(_ sealed: Data, named name: String) throws -> Data {
        let rest = sealed.dropFirst(Self.head.count)
        guard sealed.starts(with: Self.head), Array(rest.prefix(Self.saltBytes)) == salt,
            let box = try? AES.GCM.SealedBox(combined: Data(rest.dropFirst(Self.saltBytes))),
            let data = try? AES.GCM.open(box, using: key, authenticating: Data(name.utf8))
        else {
            throw IdentityError(
                .wrongPassphrase,
                "the passphrase does not open \(name), or it was changed"
            )
        }
        return data
    }
}
