package import Crypto
import SwiftASN1
package import X509

/// A PKCS#10 request that is signed by the P-256 key it asks to certify; nothing else in it counts.
package struct CertificateRequest: Sendable {
    /// The key to be certified.
    package let publicKey: Certificate.PublicKey

    /// Reads PEM.
    ///
    /// - Throws: ``IdentityError`` `invalid-certificate-request`.
    package init(pem: String) throws(IdentityError) {
        guard let request = try? CertificateSigningRequest(pemEncoded: pem) else {
            throw IdentityError(
                .invalidCertificateRequest,
                "the certificate request is not PEM PKCS#10"
            )
        }
        guard P256.Signing.PublicKey(request.publicKey) != nil,
            request.publicKey.isValidSignature(request.signature, for: request)
        else {
            throw IdentityError(
                .invalidCertificateRequest,
                "the certificate request is not signed by the P-256 key it names"
            )
        }
        publicKey = request.publicKey
    }

    /// Makes the request of a key, in PEM.
    package static func pem(for key: P256.Signing.PrivateKey) throws -> String {
        let request = try CertificateSigningRequest(
            version: .v1,
            subject: try DistinguishedName { CommonName("request") },
            privateKey: Certificate.PrivateKey(key),
            attributes: .init(),
            signatureAlgorithm: .ecdsaWithSHA256
        )
        return try request.serializeAsPEM().pemString
    }

    /// The key's SubjectPublicKeyInfo.
    package var spki: [UInt8] { publicKey.spki }

    /// SHA-256 of the SubjectPublicKeyInfo, 64 hexadecimal digits.
    package var keySHA256: String { Hexadecimal.encode(SHA256.hash(data: spki)) }
}
