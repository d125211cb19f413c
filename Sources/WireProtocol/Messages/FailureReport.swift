/// Why a site cannot contribute to a round (Protocol.md section 5.8).
package struct FailureReport: Sendable, Hashable, Codable {
    /// A stable code.
    package let reason: String
    /// Words written by the agent, never built from data.
    package let message: String

    /// Makes a report.
    package init(reason: String, message: String) {
        self.reason = reason
        self.message = message
    }
}
