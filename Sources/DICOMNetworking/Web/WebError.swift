/// Why a DICOMweb server could not be asked: what happened, and what to do.
package struct WebError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable, Hashable, Codable {
        /// The address, a file of the settings or a value of them cannot be used.
        case badSettings = "bad-settings"
        /// Status 401.
        case unauthorized
        /// Status 403.
        case forbidden
        /// Status 404 or 410.
        case notFound = "not-found"
        /// The server's certificate is not trusted, or TLS failed.
        case tls
        /// No connection, or it was cut, again and again.
        case unreachable
        /// The server asked to wait, again and again, or failed.
        case busy
        /// Status 400, 406, 415 or 501: the server does not know this kind of request.
        case notUnderstood = "not-understood"
        /// Something answers that is no DICOMweb server.
        case notDICOMweb = "not-dicomweb"
        /// The answer is larger than what is read.
        case tooLarge = "too-large"
    }

    /// The kind of failure.
    package let code: Code
    /// What happened, to which server; never what was searched for.
    package let message: String
    /// What to do next.
    package let hint: String

    /// Makes an error.
    package init(_ code: Code, _ message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { "\(message)\nhint: \(hint)" }
}
