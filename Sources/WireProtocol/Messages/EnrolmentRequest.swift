/// What a site sends to be admitted (Protocol.md section 5.1).
package struct EnrolmentRequest: Sendable, Hashable, Codable {
    /// The invite's token.
    package let token: String
    /// The PKCS#10 request in PEM.
    package let certificateRequest: String
    /// The agent's version.
    package let softwareVersion: String

    /// Makes a request.
    package init(token: String, certificateRequest: String, softwareVersion: String) {
        self.token = token
        self.certificateRequest = certificateRequest
        self.softwareVersion = softwareVersion
    }
}
