import Crypto
package import Foundation
import SwiftASN1
package import X509

/// A leaf as it goes to its owner: with the certificate that signed it.
package struct IssuedCertificate: Sendable {
    /// Leaf and issuing certificate.
    package let chain: [Certificate]
    /// The chain in PEM, leaf first.
    package let chainPEM: String
    /// SHA-256 of the leaf's DER bytes, by which the coordinator knows its owner from now on.
    package let fingerprint: String
    /// The end of the leaf's validity.
    package let notValidAfter: Date

    init(leaf: Certificate, issuing: Certificate) throws {
        chain = [leaf, issuing]
        chainPEM = try chain.map { try $0.serializeAsPEM().pemString }.joined(separator: "\n")
        fingerprint = Hexadecimal.encode(SHA256.hash(data: try CertificateFile.der(of: leaf)))
        notValidAfter = leaf.notValidAfter
    }
}
