import Foundation
import NIOSSL

/// The certificate by which this machine is known to a server, with its key.
package struct ClientIdentity: Sendable, Hashable {
    /// The file of the certificate and those that lead to its authority, in PEM.
    package let certificate: String
    /// The file of the key in PEM without passphrase, mode 0600; may be the same file.
    package let key: String

    /// Names the files; nothing is read.
    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Reads both files and sees whether they belong together.
    ///
    /// - Throws: ``WebError`` `bad-settings`.
    package func check() throws(WebError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        try present(in: &tls)
        guard (try? NIOSSLContext(configuration: tls)) != nil else {
            throw WebError(
                .badSettings,
                "\(key) is not the key of the certificate \(certificate)",
                hint: "name the two files that were made together"
            )
        }
    }

    /// Lets connections show the certificate.
    func present(in tls: inout TLSConfiguration) throws(WebError) {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate), !chain.isEmpty else {
            throw WebError(
                .badSettings,
                "\(certificate) holds no certificate in PEM",
                hint: "name the file of the certificate that the PACS administrator issued"
            )
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: key)
        guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue,
            let privateKey = try? NIOSSLPrivateKey(file: key, format: .pem)
        else {
            throw WebError(
                .badSettings,
                "\(key) holds no private key that can be read",
                hint: "name its file in PEM, without a passphrase and belonging to this user"
            )
        }
        guard mode & 0o077 == 0 else {
            throw WebError(
                .badSettings,
                "the key \(key) can be read by others",
                hint: "chmod 600 \(key)"
            )
        }
        tls.certificateChain = chain.map { .certificate($0) }
        tls.privateKey = .privateKey(privateKey)
    }
}
