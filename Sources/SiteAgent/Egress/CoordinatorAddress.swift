/// Where the coordinator's service port is.
package struct CoordinatorAddress: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Host name or address.
    package let host: String
    /// Port.
    package let port: Int

    /// Makes an address.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Host and port as in a URL.
    package var description: String { "\(host):\(port)" }
}
