import COpenSSL

/// CMS EnvelopedData (RFC 5652) as PS3.15 E.1.1 asks for: a fresh AES-256 key in CBC mode
/// (RFC 3565), given to the recipient by RSA (PKCS #1 version 1.5).
package enum EnvelopedData {
    /// Encrypts a content for one recipient.
    ///
    /// - Returns: The envelope in DER; other bytes each time.
    /// - Throws: ``EnvelopeError`` `failed`.
    package static func seal(
        _ content: [UInt8],
        for recipient: Recipient
    ) throws(EnvelopeError) -> [UInt8] {
        let envelope: [UInt8]?? = unsafe Recipient.withCertificate(recipient.certificate) {
            certificate in
            unsafe seal(content, certificate)
        }
        guard let envelope, let envelope else {
            throw EnvelopeError(.failed, "OpenSSL could not encrypt for the certificate")
        }
        return envelope
    }

    private static func seal(_ content: [UInt8], _ certificate: OpaquePointer) -> [UInt8]? {
        guard let recipients = unsafe copenssl_stack_of(certificate) else { return nil }
        defer { unsafe copenssl_free_stack(recipients) }
        let message = unsafe Memory.reading(content) { stream in
            unsafe CMS_encrypt(recipients, stream, EVP_aes_256_cbc(), UInt32(CMS_BINARY))
        }
        guard let message = unsafe message, let message = unsafe message else { return nil }
        defer { unsafe CMS_ContentInfo_free(message) }
        return unsafe Memory.written { stream in unsafe i2d_CMS_bio(stream, message) == 1 }
    }

    /// Opens an envelope.
    ///
    /// - Parameters:
    ///   - envelope: DER; bytes after it are ignored.
    ///   - privateKey: The recipient's key in PEM; a passphrase is asked for at the terminal.
    ///   - certificate: The recipient's certificate, to choose among several recipients.
    /// - Returns: The content, which the format does not authenticate: with another key it may be
    ///   noise.
    /// - Throws: ``EnvelopeError``: `no-private-key`, `no-certificate`, `no-envelope`,
    ///   `not-for-this-key`.
    package static func open(
        _ envelope: [UInt8],
        privateKey: [UInt8],
        certificate: [UInt8]? = nil
    ) throws(EnvelopeError) -> [UInt8] {
        let key = unsafe Memory.reading(privateKey) { stream in
            unsafe PEM_read_bio_PrivateKey(stream, nil, nil, nil)
        }
        guard let key = unsafe key, let key = unsafe key else {
            throw EnvelopeError(
                .noPrivateKey,
                "no private key in PEM, or the passphrase is wrong"
            )
        }
        defer { unsafe EVP_PKEY_free(key) }
        let message = unsafe Memory.reading(envelope) { stream in unsafe d2i_CMS_bio(stream, nil) }
        guard let message = unsafe message, let message = unsafe message else {
            throw EnvelopeError(.noEnvelope, "the encrypted content is no CMS message")
        }
        defer { unsafe CMS_ContentInfo_free(message) }
        guard let certificate else { return try unsafe open(message, key, nil) }
        let result = unsafe Recipient.withCertificate(certificate) { certificate in
            Result { () throws(EnvelopeError) in try unsafe open(message, key, certificate) }
        }
        guard let result else {
            throw EnvelopeError(.noCertificate, "no X.509 certificate in PEM or DER")
        }
        return try result.get()
    }

    private static func open(
        _ message: OpaquePointer,
        _ key: OpaquePointer,
        _ certificate: OpaquePointer?
    ) throws(EnvelopeError) -> [UInt8] {
        let content = unsafe Memory.written { stream in
            unsafe CMS_decrypt(message, key, certificate, nil, stream, 0) == 1
        }
        guard let content else {
            throw EnvelopeError(.notForThisKey, "the envelope is not for this key, or is damaged")
        }
        return content
    }
}
