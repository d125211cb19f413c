/// What a party sends to be admitted, again and again until it has a certificate (Protocol.md section 5.1).
package struct EnrolmentRequest: Sendable, Hashable, Codable {
    /// The invite's token; nil when an expired certificate stands in its place.
    package let token: String?
    /// The expired leaf in PEM, whose key signs the request; nil when there is a token.
    package let expiredCertificate: String?
    /// The PKCS#10 request in PEM.
    package let certificateRequest: String
    /// The agent's version.
    package let softwareVersion: String
    /// The clock of the one who asks, milliseconds since 1970.
    package let timeMilliseconds: Int64

    /// Makes a request with a token or an expired certificate.
    package init(
        token: String? = nil,
        expiredCertificate: String? = nil,
        certificateRequest: String,
        softwareVersion: String,
        timeMilliseconds: Int64
    ) {
        self.token = token
        self.expiredCertificate = expiredCertificate
        self.certificateRequest = certificateRequest
        self.softwareVersion = softwareVersion
        self.timeMilliseconds = timeMilliseconds
    }
}
