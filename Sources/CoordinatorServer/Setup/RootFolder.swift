import Crypto
package import Foundation
package import Identity
import WireProtocol

/// The offline medium: the root's certificate, and its key under a passphrase.
package struct RootFolder: Sendable {
    private let folder: URL

    /// Names the folder; nothing is made.
    package init(_ folder: URL) { self.folder = folder }

    private var certificate: URL { folder.appending(path: "root.pem") }
    private var key: URL { folder.appending(path: "root-key.pem") }
    private var name: URL { folder.appending(path: "federation") }

    /// Whether there is a root.
    package var exists: Bool { FileManager.default.fileExists(atPath: key.path) }

    /// Makes a root; a generation from 2 on is in its name.
    ///
    /// - Throws: `IdentityError` if the passphrase is too short, or there is a root already.
    package func create(
        federation: String,
        passphrase: String,
        generation: Int = 1,
        at now: Date
    ) throws {
        guard Party.isName(federation) else {
            throw CoordinatorError(.malformed, "federation: 1-63 of a-z, 0-9 and -")
        }
        guard !FileManager.default.fileExists(atPath: key.path) else {
            throw IdentityError(.fileSystem, "\(key.path) exists; a key is never overwritten")
        }
        let secret = P256.Signing.PrivateKey()
        let pem = try EncryptedPrivateKey.pem(of: secret, passphrase: passphrase)
        let root = try RootAuthority(
            newFederation: federation,
            key: secret,
            generation: generation,
            at: now
        )
        try OwnerOnlyFile.write(Data(pem.utf8), to: key)
        try OwnerOnlyFile.write(Data(federation.utf8), to: name)
        try CertificateFile.write([root.certificate], to: certificate)
    }

    /// Opens the root.
    ///
    /// - Throws: `IdentityError` `wrong-passphrase`, or if a file is missing or damaged.
    package func open(passphrase: String) throws -> RootAuthority {
        guard let federation = try? String(contentsOf: name, encoding: .utf8),
            let pem = try? String(contentsOf: key, encoding: .utf8)
        else { throw IdentityError(.fileSystem, "\(folder.path) holds no root") }
        return try RootAuthority(
            federation: federation,
            certificate: try CertificateFile.read(from: certificate)[0],
            key: try EncryptedPrivateKey.key(pem: pem, passphrase: passphrase)
        )
    }
}
