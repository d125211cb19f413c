/// What a peer sent that PS3.8 or PS3.7 does not allow; ends the association with an A-ABORT.
package struct ProtocolViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reasons of an A-ABORT by the service provider (PS3.8 table 9-26).
    package enum Reason: UInt8, Sendable, Hashable {
        case notSpecified = 0
        case unrecognizedPDU = 1
        case unexpectedPDU = 2
        case unrecognizedParameter = 4
        case unexpectedParameter = 5
        case invalidParameter = 6
    }

    /// The reason that the peer is told.
    package let reason: Reason
    /// What was wrong, with offsets and lengths, without any received text.
    package let description: String

    /// Names a violation.
    package init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
