/// A party's request for its next certificate (Protocol.md section 5.12).
package struct CertificateRenewal: Sendable, Hashable, Codable {
    /// The PKCS#10 request of a new key, in PEM.
    package let certificateRequest: String

    /// Makes a request.
    package init(certificateRequest: String) { self.certificateRequest = certificateRequest }
}

/// The next certificate.
package struct RenewedCertificate: Sendable, Hashable, Codable {
    /// Leaf and issuing certificate in PEM.
    package let certificateChain: String
    /// The root in PEM.
    package let rootCertificate: String
    /// The end of the leaf's validity, milliseconds since 1970.
    package let notValidAfterMilliseconds: Int64

    /// Makes an answer.
    package init(
        certificateChain: String,
        rootCertificate: String,
        notValidAfterMilliseconds: Int64
    ) {
        self.certificateChain = certificateChain
        self.rootCertificate = rootCertificate
        self.notValidAfterMilliseconds = notValidAfterMilliseconds
    }
}
