import COpenSSL

/// Time stamps of RFC 3161: that bytes existed at a time, by the word of an authority that knows nothing of us.
package enum TimeStamp {
    /// Why a response proves nothing.
    package enum Refusal: String, Error, Sendable, Hashable {
        /// The bytes are no time-stamp response.
        case notAResponse = "not-a-response"
        /// The authority granted no stamp.
        case notGranted = "not-granted"
        /// The file of the authority's roots cannot be read.
        case noRoots = "no-roots"
        /// The signature, its certificate or the stamped bytes are other ones.
        case notValid = "not-valid"
    }

    /// A request for the stamp of a SHA-256 (32 bytes), in DER, as `openssl ts -query` makes it.
    package static func request(forSHA256 imprint: [UInt8], nonce: UInt64) -> [UInt8] {
        precondition(imprint.count == 32, "a SHA-256 has 32 bytes")
        var der: UnsafeMutablePointer<UInt8>?
        let length = unsafe Int(copenssl_timestamp_request(imprint, nonce, &der))
        guard let bytes = unsafe der, length > 0 else { return [] }
        defer { unsafe CRYPTO_free(bytes, nil, 0) }
        return unsafe Array(UnsafeBufferPointer(start: bytes, count: length))
    }

    /// Verifies that an authority saw a SHA-256, and when.
    ///
    /// - Parameters:
    ///   - response: what the authority answered, in DER.
    ///   - imprint: the SHA-256, 32 bytes.
    ///   - roots: the path of a PEM file of certificates that the authority's must lead to.
    /// - Returns: seconds since 1970.
    /// - Throws: ``Refusal``.
    package static func time(
        of response: [UInt8],
        overSHA256 imprint: [UInt8],
        roots: String
    ) throws(Refusal) -> Int64 {
        precondition(imprint.count == 32, "a SHA-256 has 32 bytes")
        let time = unsafe copenssl_timestamp_verify(response, response.count, imprint, roots)
        switch time {
        case -1: throw .notAResponse
        case -2: throw .notGranted
        case -3: throw .noRoots
        case ..<0: throw .notValid
        default: return time
        }
    }
}
