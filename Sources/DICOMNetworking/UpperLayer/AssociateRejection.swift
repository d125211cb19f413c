/// An A-ASSOCIATE-RJ: why no association was opened (PS3.8 table 9-21).
package enum AssociateRejection: String, Sendable, Hashable, Codable, CaseIterable {
    case applicationContextNotSupported = "application-context-not-supported"
    case callingTitleNotRecognized = "calling-ae-title-not-recognized"
    case calledTitleNotRecognized = "called-ae-title-not-recognized"
    case protocolVersionNotSupported = "protocol-version-not-supported"
    case localLimitExceeded = "local-limit-exceeded"

    /// Result, source and reason as sent.
    var numbers: [UInt8] {
        switch self {
        case .applicationContextNotSupported: [1, 1, 2]
        case .callingTitleNotRecognized: [1, 1, 3]
        case .calledTitleNotRecognized: [1, 1, 7]
        case .protocolVersionNotSupported: [1, 2, 2]
        case .localLimitExceeded: [2, 3, 2]
        }
    }
}
