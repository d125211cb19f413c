import COpenSSL

/// Who can open an envelope: the holder of the private key of a certificate.
package struct Recipient: Hashable, Sendable {
    /// The certificate in DER.
    let certificate: [UInt8]

    /// Reads a certificate in PEM or DER, and checks that envelopes can be made for it.
    ///
    /// - Throws: ``EnvelopeError``: `no-certificate`, `unsuitable-key`, `out-of-validity`.
    package init(certificate bytes: [UInt8]) throws(EnvelopeError) {
        let result = unsafe Self.withCertificate(bytes) { certificate in
            unsafe (Self.problem(certificate), Self.encoded(certificate))
        }
        guard let (problem, encoded) = result, !encoded.isEmpty else {
            throw EnvelopeError(.noCertificate, "no X.509 certificate in PEM or DER")
        }
        if let problem { throw problem }
        certificate = encoded
    }

    /// Calls `body` with a certificate in PEM or DER; nil if it is none.
    static func withCertificate<Result>(
        _ bytes: [UInt8],
        _ body: (OpaquePointer) -> Result
    ) -> Result? {
        let isText = bytes.starts(with: Array("-----".utf8)) || !bytes.starts(with: [0x30])
        let result: Result?? = unsafe Memory.reading(bytes) { stream in
            guard
                let certificate = unsafe isText
                    ? PEM_read_bio_X509(stream, nil, nil, nil) : d2i_X509_bio(stream, nil)
            else { return nil }
            defer { unsafe X509_free(certificate) }
            return unsafe body(certificate)
        }
        return result ?? nil
    }

    private static func problem(_ certificate: OpaquePointer) -> EnvelopeError? {
        guard let key = unsafe X509_get0_pubkey(certificate),
            unsafe EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA, unsafe EVP_PKEY_get_bits(key) >= 2048
        else {
            return EnvelopeError(
                .unsuitableKey,
                "the certificate's key must be RSA of at least 2048 bits"
            )
        }
        guard unsafe X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0,
            unsafe X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0
        else {
            return EnvelopeError(.outOfValidity, "the certificate is not valid today")
        }
        return nil
    }

    private static func encoded(_ certificate: OpaquePointer) -> [UInt8] {
        unsafe Memory.written { stream in unsafe i2d_X509_bio(stream, certificate) == 1 } ?? []
    }
}
