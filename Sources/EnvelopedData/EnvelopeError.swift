import COpenSSL

/// Why a CMS envelope could not be made or opened; never says anything of its content.
package struct EnvelopeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The machine-readable kind of failure.
    package enum Code: String, Hashable, Sendable {
        /// The bytes are no certificate in PEM or DER.
        case noCertificate = "no-certificate"
        /// The certificate's key is not RSA of 2048 bits or more, which PS3.15 E.1.1 asks for.
        case unsuitableKey = "unsuitable-key"
        /// The certificate is not valid yet, or no more.
        case outOfValidity = "out-of-validity"
        /// The bytes are no private key in PEM, or the passphrase is wrong.
        case noPrivateKey = "no-private-key"
        /// The bytes are no CMS EnvelopedData.
        case noEnvelope = "no-envelope"
        /// The envelope is not for this key, or is damaged.
        case notForThisKey = "not-for-this-key"
        /// OpenSSL failed.
        case failed
    }

    /// The kind of failure.
    package let code: Code
    /// What happened and what to do.
    package let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
        ERR_clear_error()
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
