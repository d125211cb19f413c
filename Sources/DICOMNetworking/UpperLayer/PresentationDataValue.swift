package import NIOCore

/// A fragment of a message in a P-DATA-TF (PS3.8 section 9.3.5.1 and annex E).
package struct PresentationDataValue: Sendable, Hashable {
    /// The presentation context it belongs to.
    package let contextID: UInt8
    /// Whether it is part of the command set; else of the data set.
    package let isCommand: Bool
    /// Whether it is the last of its set.
    package let isLast: Bool
    /// The bytes.
    package let bytes: ByteBuffer

    /// A fragment.
    package init(contextID: UInt8, isCommand: Bool, isLast: Bool, bytes: ByteBuffer) {
        self.contextID = contextID
        self.isCommand = isCommand
        self.isLast = isLast
        self.bytes = bytes
    }

    /// The message control header.
    var controlHeader: UInt8 { (isCommand ? 1 : 0) | (isLast ? 2 : 0) }
}
