package import Foundation

/// One message that left the site, as the ledger records it before the first byte is sent.
package struct EgressEntry: Sendable, Hashable {
    /// The message's name in Protocol.md section 4.
    package let kind: String
    /// The body's size.
    package let bytes: Int
    /// SHA-256 of the body, 64 hexadecimal digits.
    package let sha256: String
    /// When it was about to leave.
    package let time: Date
    /// The coordinator's host and port.
    package let recipient: String
    /// The plan under which it left, if any.
    package let plan: String?

    /// Makes an entry.
    package init(
        kind: String, bytes: Int, sha256: String, time: Date, recipient: String, plan: String?
    ) {
        self.kind = kind
        self.bytes = bytes
        self.sha256 = sha256
        self.time = time
        self.recipient = recipient
        self.plan = plan
    }
}
