/// A protocol data unit as the acceptor of an association gets or sends it (PS3.8 section 9.3).
package enum PDU: Sendable, Hashable {
    case associateRequest(AssociateRequest)
    case associateAccept(AssociateAccept)
    case associateReject(AssociateRejection)
    case data([PresentationDataValue])
    case releaseRequest
    case releaseReply
    /// An abort by the peer, or by us for the reason given.
    case abort(ProtocolViolation.Reason)

    /// The longest A-ASSOCIATE-RQ that is read: 128 contexts of 16 transfer syntaxes fit.
    static let associateLengthMax = 256 * 1024
    /// The bytes before the body: type, a reserved byte, and the length.
    static let headerLength = 6

    /// The numbers of the types (PS3.8 section 9.3.1).
    enum Kind: UInt8 {
        case associateRequest = 1
        case associateAccept = 2
        case associateReject = 3
        case data = 4
        case releaseRequest = 5
        case releaseReply = 6
        case abort = 7
    }
}
