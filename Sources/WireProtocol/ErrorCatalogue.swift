/// Every error a coordinator answers, with its public text (Protocol.md section 7).
package enum ErrorCatalogue: String, Sendable, Hashable, Codable, CaseIterable {
    case malformed
    case enrolmentRefused = "enrolment-refused"
    case clockSkew = "clock-skew"
    case certificateRequired = "certificate-required"
    case siteNotActive = "site-not-active"
    case certificateEnded = "certificate-ended"
    case signInRequired = "sign-in-required"
    case signInRefused = "sign-in-refused"
    case signatureRequired = "signature-required"
    case signatureInvalid = "signature-invalid"
    case staleBoot = "stale-boot"
    case replayed
    case forbiddenRole = "forbidden-role"
    case forbiddenSite = "forbidden-site"
    case notFound = "not-found"
    case conflict
    case digestMismatch = "digest-mismatch"
    case tooLarge = "too-large"
    case tooSlow = "too-slow"
    case olderHistory = "older-history"
    case forkedHistory = "forked-history"
    case roundClosed = "round-closed"
    case busy
    case `internal`

    /// The HTTP status.
    package var status: Int {
        switch self {
        case .malformed: 400
        case .certificateRequired, .signatureRequired, .signatureInvalid, .signInRequired: 401
        case .enrolmentRefused, .clockSkew, .siteNotActive, .certificateEnded, .forbiddenRole,
            .forbiddenSite, .signInRefused:
            403
        case .notFound: 404
        case .tooSlow: 408
        case .conflict, .olderHistory, .forkedHistory, .roundClosed, .staleBoot, .replayed: 409
        case .tooLarge: 413
        case .digestMismatch: 422
        case .internal: 500
        case .busy: 503
        }
    }

    /// The public text.
    package var text: String {
        switch self {
        case .malformed: "the request is not what the protocol says"
        case .enrolmentRefused: "the invite is not valid for enrolment"
        case .clockSkew: "the clocks of the two ends differ by more than five minutes"
        case .certificateRequired: "a client certificate of this federation is required"
        case .siteNotActive: "the site is not active in this federation"
        case .certificateEnded: "the certificate has expired or was replaced"
        case .signInRequired: "a session is required: sign in"
        case .signInRefused: "the sign-in was refused"
        case .signatureRequired: "the request carries no signature that can be read"
        case .signatureInvalid:
            "the signature is not of this request by the key of its certificate"
        case .staleBoot: "the coordinator was started anew: say hello and sign again"
        case .replayed: "a request with this nonce was received before"
        case .forbiddenRole: "the certificate's role may not send this message"
        case .forbiddenSite: "the request names another site than its certificate"
        case .notFound: "there is no such object for this site"
        case .conflict: "the same message was already accepted with other content"
        case .digestMismatch: "the bytes do not have the stated SHA-256"
        case .tooLarge: "the message is larger than its limit"
        case .tooSlow: "the message came more slowly than the least rate"
        case .olderHistory: "the site's history is older than the one that was witnessed"
        case .forkedHistory: "the site's history is not the one that was witnessed"
        case .roundClosed: "the round no longer takes contributions"
        case .busy: "the coordinator cannot take this now"
        case .internal: "the coordinator failed; its log has the correlation id"
        }
    }

    /// Whether the same request may succeed later.
    package var isRetryable: Bool {
        switch self {
        case .staleBoot, .digestMismatch, .tooSlow, .busy, .internal: true
        default: false
        }
    }
}
