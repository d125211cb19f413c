package import Crypto
package import Foundation
import SwiftASN1

/// A P-256 private key in a PEM file that only its owner can read.
package enum PrivateKeyFile {
    /// Makes a key from the system's random source and writes it with mode 0600.
    ///
    /// - Throws: ``IdentityError`` if the file exists or cannot be written.
    package static func create(at url: URL) throws(IdentityError) -> P256.Signing.PrivateKey {
        let key = P256.Signing.PrivateKey()
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw IdentityError(.fileSystem, "\(url.path) exists; a key is never overwritten")
        }
        try OwnerOnlyFile.write(Data(key.pemRepresentation.utf8), to: url)
        return key
    }

    /// Reads the key of a file, or makes one where there is no file.
    package static func readOrCreate(
        at url: URL
    ) throws(IdentityError) -> P256.Signing.PrivateKey {
        FileManager.default.fileExists(atPath: url.path)
            ? try read(from: url) : try create(at: url)
    }

    /// Reads the first key of a file, refusing a file that group or others may read.
    ///
    /// - Throws: ``IdentityError`` with code `exposed-key` or `invalid-key`.
    package static func read(from url: URL) throws(IdentityError) -> P256.Signing.PrivateKey {
        let text = String(decoding: try OwnerOnlyFile.read(from: url), as: UTF8.self)
        do {
            let documents = try PEMDocument.parseMultiple(pemString: text)
            let key = documents.first { $0.discriminator.hasSuffix("PRIVATE KEY") }
            return try P256.Signing.PrivateKey(pemRepresentation: key?.pemString ?? "")
        } catch {
            throw IdentityError(.invalidKey, "\(url.path) holds no P-256 private key in PEM")
        }
    }
}
