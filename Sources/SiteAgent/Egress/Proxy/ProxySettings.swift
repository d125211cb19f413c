import AsyncHTTPClient
import Foundation

/// Through which HTTP proxy a connection goes, as `HTTPS_PROXY` and `NO_PROXY` say.
package struct ProxySettings: Sendable, Hashable {
    /// The proxy's host name or address.
    package let host: String
    /// The proxy's port.
    package let port: Int
    /// The user and password of Basic authorization.
    let credentials: Credentials?

    /// What the proxy is shown; never printed.
    struct Credentials: Sendable, Hashable {
        let user: String
        let password: String

        /// The value of the field `Proxy-Authorization`.
        var authorization: String {
            "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        }
    }

    /// The proxy for a target; nil if the target is reached directly.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the variable cannot be read; the message never
    ///   repeats a password.
    package init?(
        to target: String,
        port targetPort: Int,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let value = environment["HTTPS_PROXY"] ?? environment["https_proxy"] ?? ""
        let exceptions = environment["NO_PROXY"] ?? environment["no_proxy"] ?? ""
        guard !value.isEmpty,
            !ProxyExceptions(exceptions).contain(target, port: targetPort)
        else { return nil }
        let text = value.contains("://") ? value : "http://\(value)"
        guard let url = URLComponents(string: text), url.scheme == "http", let host = url.host,
            !host.isEmpty
        else {
            throw AgentError(
                .badConfiguration,
                "HTTPS_PROXY cannot be used: it is not http://[user:password@]host:port",
                hint: "correct it, or unset it and name the coordinator in NO_PROXY"
            )
        }
        self.host = host
        self.port = url.port ?? 8080
        credentials = url.user.map { Credentials(user: $0, password: url.password ?? "") }
    }

    /// For the HTTP client.
    var client: HTTPClient.Configuration.Proxy {
        .server(
            host: host,
            port: port,
            authorization: credentials.map {
                .basic(username: $0.user, password: $0.password)
            }
        )
    }
}
