import Foundation

/// What a site shows to a DICOMweb server.
package enum WebCredentials: Sendable, Hashable {
    case none
    /// HTTP Basic authentication (RFC 7617).
    case basic(user: String, password: String)
    /// A bearer token (RFC 6750).
    case bearer(String)

    /// Reads a file of lines `username: …` and `password: …`, or one line `token: …`.
    ///
    /// - Throws: ``WebError`` `bad-settings` if others than the owner can read it, or it has another form.
    package static func read(file: String) throws(WebError) -> WebCredentials {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue,
            let text = try? String(contentsOfFile: file, encoding: .utf8)
        else {
            throw WebError(
                .badSettings,
                "the credentials \(file) cannot be read",
                hint: "check the path and that the file belongs to this user"
            )
        }
        guard mode & 0o077 == 0 else {
            throw WebError(
                .badSettings,
                "the credentials \(file) can be read by others",
                hint: "chmod 600 \(file)"
            )
        }
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].trimmingCharacters(in: .whitespaces)
            values[key] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        guard let credentials = WebCredentials(values) else {
            throw WebError(
                .badSettings,
                "the credentials \(file) hold neither username and password nor token",
                hint: "write lines `username: …` and `password: …`, or one line `token: …`"
            )
        }
        return credentials
    }

    /// Reads `FEDAGENT_PACS_USERNAME` and `FEDAGENT_PACS_PASSWORD`, or `FEDAGENT_PACS_TOKEN`.
    package static func read(environment: [String: String]) -> WebCredentials {
        WebCredentials([
            "username": environment["FEDAGENT_PACS_USERNAME"] ?? "",
            "password": environment["FEDAGENT_PACS_PASSWORD"] ?? "",
            "token": environment["FEDAGENT_PACS_TOKEN"] ?? "",
        ]) ?? .none
    }

    private init?(_ values: [String: String]) {
        if let token = values["token"], !token.isEmpty {
            self = .bearer(token)
        } else if let user = values["username"], !user.isEmpty, let password = values["password"] {
            self = .basic(user: user, password: password)
        } else {
            return nil
        }
    }

    /// The value of the Authorization header; nil for none.
    var authorization: String? {
        switch self {
        case .none: nil
        case .basic(let user, let password):
            "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        case .bearer(let token): "Bearer " + token
        }
    }
}
