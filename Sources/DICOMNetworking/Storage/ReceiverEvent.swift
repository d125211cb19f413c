/// What a receiver tells its owner; never a value of an object.
package enum ReceiverEvent: Sendable, Hashable {
    /// Connections are taken at this address.
    case listening(address: String, port: Int)
    /// A connection from an address that nobody is let in from was closed unread.
    case addressRefused(address: String)
    /// A connection beyond the limit was closed unread.
    case connectionsExceeded(address: String)
    /// An association is open.
    case opened(peer: String, address: String)
    /// An object was answered.
    case answered(peer: String, status: MessageStatus, reason: String, bytes: Int)
    /// A connection is over.
    case ended(AssociationRecord)
}

/// What became of one connection.
package struct AssociationRecord: Sendable, Hashable {
    /// The calling AE title; nil if no association was opened.
    package var peer: String?
    /// Where it came from.
    package var address: String
    /// Objects that are in the inbox now and were not before, or not like this.
    package var stored = 0
    /// Objects that were in the inbox already.
    package var unchanged = 0
    /// Objects that were refused.
    package var refused = 0
    /// Bytes of those that were stored.
    package var bytes = 0
    /// How it ended.
    package var ending = AssociationStateMachine.Ending.disconnected
}

extension AssociationStateMachine.Ending {
    /// One word for records and counters.
    package var code: String {
        switch self {
        case .released: "released"
        case .rejected(let rejection): rejection.rawValue
        case .abortedByPeer: "aborted-by-peer"
        case .violated: "protocol-violation"
        case .timedOut(let timer): timer.rawValue
        case .stopped: "stopped"
        case .disconnected: "disconnected"
        case .transportFailed: "transport-failed"
        }
    }

    /// The code, and what was wrong if something was.
    package var detail: String {
        switch self {
        case .violated(let violation): "\(code): \(violation)"
        case .transportFailed(let kind): "\(code): \(kind)"
        default: code
        }
    }
}
