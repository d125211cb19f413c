package import Foundation

/// A certificate as the register keeps it when it is issued.
package struct CertificateRecord: Sendable, Hashable {
    /// SHA-256 of the leaf's DER bytes.
    package let fingerprint: String
    /// SHA-256 of the key's SubjectPublicKeyInfo; certified once.
    package let keySHA256: String
    /// The chain in PEM, to answer the same question again.
    package let chain: String
    /// The end of its validity.
    package let notValidAfter: Date

    /// Makes a record.
    package init(fingerprint: String, keySHA256: String, chain: String, notValidAfter: Date) {
        self.fingerprint = fingerprint
        self.keySHA256 = keySHA256
        self.chain = chain
        self.notValidAfter = notValidAfter
    }
}
