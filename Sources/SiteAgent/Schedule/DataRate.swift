/// A rate such as `500 kB/s`, `2.5 MB/s` or `10 Mbit/s`.
package struct DataRate: Sendable, Hashable {
    /// Bytes a second, 8,000 to 10^10.
    package let bytesPerSecond: Double

    private static let units: [Substring: Double] = [
        "kB/s": 1e3, "MB/s": 1e6, "GB/s": 1e9, "kbit/s": 125, "Mbit/s": 125e3, "Gbit/s": 125e6,
    ]

    /// Reads a rate.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`.
    package init(_ text: String) throws(AgentError) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let number = Double(parts[0]), let unit = Self.units[parts[1]],
            case let rate = number * unit, rate >= 8000, rate <= 1e10
        else {
            throw AgentError(
                .badConfiguration,
                "\(text) is no rate",
                hint: "write 500 kB/s or 10 Mbit/s; at least 8 kB/s"
            )
        }
        bytesPerSecond = rate
    }
}
