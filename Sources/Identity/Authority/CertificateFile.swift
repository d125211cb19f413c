package import Foundation
import SwiftASN1
package import X509

/// Certificates in PEM files and as DER bytes.
package enum CertificateFile {
    /// Writes a chain, leaf first, in PEM.
    package static func write(_ chain: [Certificate], to url: URL) throws {
        let text = try chain.map { try $0.serializeAsPEM().pemString }.joined(separator: "\n")
        try OwnerOnlyFile.write(Data(text.utf8), to: url)
    }

    /// Reads every certificate of a PEM file, in order.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-certificate` if the file has none.
    package static func read(from url: URL) throws(IdentityError) -> [Certificate] {
        guard let data = try? Data(contentsOf: url) else {
            throw IdentityError(.fileSystem, "the certificate \(url.path) cannot be read")
        }
        do {
            return try parse(String(decoding: data, as: UTF8.self))
        } catch {
            throw IdentityError(.invalidCertificate, "\(url.path): \(error.message)")
        }
    }

    /// Reads every certificate of a PEM text, in order.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-certificate` if the text has none.
    package static func parse(_ pem: String) throws(IdentityError) -> [Certificate] {
        guard let documents = try? PEMDocument.parseMultiple(pemString: pem),
            let chain = try? documents.map({ try Certificate(pemDocument: $0) }), !chain.isEmpty
        else { throw IdentityError(.invalidCertificate, "there is no certificate in PEM") }
        return chain
    }

    /// The DER bytes of a certificate.
    package static func der(of certificate: Certificate) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }

    /// The PEM text of a certificate's DER bytes.
    package static func pem(ofDER bytes: [UInt8]) throws -> String {
        try Certificate(derEncoded: bytes).serializeAsPEM().pemString
    }
}
