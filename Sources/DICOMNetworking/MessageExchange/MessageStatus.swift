/// The statuses that are answered (PS3.7 annex C, PS3.4 section B.2.3).
package enum MessageStatus: UInt16, Sendable, Hashable, Codable {
    case success = 0x0000
    /// The operation is none of those supported here.
    case unrecognizedOperation = 0x0211
    /// Refused: out of resources.
    case outOfResources = 0xA700
    /// Error: the data set does not match the SOP class or instance of the command.
    case dataSetMismatch = 0xA900
    /// Error: cannot understand.
    case cannotUnderstand = 0xC000
}
