package import Foundation
import GRDB

/// One message that left the site, recorded before its first byte was sent.
package struct EgressRecord: Sendable, Hashable, Codable, FetchableRecord {
    /// Its place in the ledger, from 1; nil before it is stored.
    package var number: Int64?
    /// When it was about to leave, milliseconds since 1970.
    package var milliseconds: Int64
    /// The message's name in Protocol.md section 4.
    package var kind: String
    /// The body's size.
    package var bytes: Int
    /// SHA-256 of the body, 64 hexadecimal digits.
    package var sha256: String
    /// The coordinator's host and port.
    package var recipient: String
    /// The plan under which it left, if any.
    package var plan: String?

    /// Makes an entry.
    package init(
        at time: Date,
        kind: String,
        bytes: Int,
        sha256: String,
        recipient: String,
        plan: String?
    ) {
        milliseconds = Int64((time.timeIntervalSince1970 * 1000).rounded())
        self.kind = kind
        self.bytes = bytes
        self.sha256 = sha256
        self.recipient = recipient
        self.plan = plan
    }
}
