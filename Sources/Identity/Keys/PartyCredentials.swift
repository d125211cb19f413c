package import Crypto
package import Foundation
import SwiftASN1
package import X509

/// A party's key and certificate chain, in one file: a crash never leaves one without the other.
package struct PartyCredentials: Sendable {
    /// The key.
    package let key: P256.Signing.PrivateKey
    /// Leaf and issuing certificate.
    package let chain: [Certificate]
    /// The leaf, read.
    package let leaf: PeerCertificate

    /// Joins a key and its chain in PEM.
    ///
    /// - Throws: ``IdentityError`` `invalid-certificate` if they do not belong together.
    package init(key: P256.Signing.PrivateKey, chainPEM: String) throws(IdentityError) {
        self.key = key
        chain = try CertificateFile.parse(chainPEM)
        guard chain[0].publicKey == Certificate.PublicKey(key.publicKey) else {
            throw IdentityError(.invalidCertificate, "the certificate is not of the key")
        }
        leaf = try PeerCertificate(chain[0])
    }

    /// Reads a file, refusing one that group or others may read.
    package init(from url: URL) throws(IdentityError) {
        let key = try PrivateKeyFile.read(from: url)
        guard let text = try? String(contentsOf: url, encoding: .utf8),
            let documents = try? PEMDocument.parseMultiple(pemString: text)
        else { throw IdentityError(.fileSystem, "\(url.path) cannot be read") }
        let certificates = documents.filter { $0.discriminator == "CERTIFICATE" }
        try self.init(
            key: key,
            chainPEM: certificates.map(\.pemString).joined(separator: "\n")
        )
    }

    /// Writes the file with mode 0600, replacing what was there in one step.
    package func write(to url: URL) throws {
        let pem = try chain.map { try $0.serializeAsPEM().pemString }
        let text = ([key.pemRepresentation] + pem).joined(separator: "\n") + "\n"
        try OwnerOnlyFile.write(Data(text.utf8), to: url)
    }

    /// Signs requests with the key.
    package var signer: RequestSigner {
        RequestSigner(key: key, fingerprint: leaf.fingerprint)
    }

    /// The leaf in PEM.
    package func leafPEM() throws -> String { try chain[0].serializeAsPEM().pemString }
}
