import ArgumentParser

/// Where a syslog collector listens: `HOST:PORT`, or `HOST` for port 6514 of RFC 5425.
package struct SyslogAddress: Sendable, Hashable, ExpressibleByArgument, CustomStringConvertible {
    /// The name or address.
    package let host: String
    /// The port.
    package let port: Int

    /// Reads the argument; nil if it is no address.
    package init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let host = parts.first, !host.isEmpty,
            let port = parts.count == 2 ? Int(parts[1]) : 6514, (1...65535).contains(port)
        else { return nil }
        self.init(host: String(host), port: port)
    }

    /// An address.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Host and port.
    package var description: String { "\(host):\(port)" }
}
