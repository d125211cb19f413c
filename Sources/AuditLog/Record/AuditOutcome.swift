/// How an act ended, with the numbers of RFC 3881 section 5.1.4.
package enum AuditOutcome: Int, Sendable, Hashable, Codable, CaseIterable {
    case success = 0
    case minorFailure = 4
    case seriousFailure = 8
    case majorFailure = 12
}
