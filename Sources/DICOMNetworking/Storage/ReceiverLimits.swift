package import NIOCore

/// What a receiver gives a sender at most.
package struct ReceiverLimits: Sendable, Hashable {
    /// The timers that can end an association.
    package enum Timer: String, Sendable, Hashable, Codable {
        /// No whole A-ASSOCIATE-RQ came (the ARTIM timer of PS3.8 section 9.1.5).
        case request = "request-time"
        /// No whole PDU came for a while.
        case idle = "idle-time"
        /// The association was open for too long.
        case total = "total-time"
    }

    /// The longest P-DATA-TF in bytes; DCMTK sends at most 128 KiB.
    package var dataUnitBytesMax = 128 * 1024
    /// The longest command set in bytes; a C-STORE needs some 300.
    package var commandBytesMax = 16 * 1024
    /// Associations open at a time.
    package var associationsMax = 8
    /// The largest object in bytes; a native 512 x 512 CT slice has half a megabyte.
    package var objectBytesMax = 256 << 20
    /// Objects are refused (A700) while the disk has fewer free bytes.
    package var freeBytesMin = 2 << 30
    /// From the connection to a whole request.
    package var requestTime = TimeAmount.seconds(30)
    /// Between two whole PDUs.
    package var idleTime = TimeAmount.seconds(60)
    /// From the connection to its end.
    package var totalTime = TimeAmount.hours(4)

    /// The limits described at each property.
    package static let standard = ReceiverLimits()

    /// The standard limits.
    package init() {}
}
