/// How a site's part in a round (or in the final scoring) ended.
package enum SiteOutcome: Sendable, Hashable, Codable {
    /// How far a late site had come.
    package enum Lateness: String, Sendable, Hashable, Codable, CaseIterable {
        /// It never asked for work: most likely not running.
        case neverAsked = "never-asked"
        /// It took the work and did not deliver in time.
        case notDelivered = "not-delivered"
        /// It took the work and then fell silent: most likely dead, not slow.
        case contactLost = "contact-lost"
        /// It is at work, and what it sends counts in a later round.
        case stillTraining = "still-training"
    }

    /// Its contribution was counted.
    case contributed(Contribution)
    /// It had not answered when the round closed.
    case late(Lateness)
    /// It stayed out, or was kept out, on purpose.
    case refused(RefusalReason)
    /// It tried and did not get there.
    case failed(SiteFailure)

    /// The contribution, if there is one.
    package var contribution: Contribution? {
        if case .contributed(let contribution) = self { contribution } else { nil }
    }

    /// The group of the roll-call: `contributed`, `late`, `refused`, `failed`.
    package var group: String {
        switch self {
        case .contributed: "contributed"
        case .late: "late"
        case .refused: "refused"
        case .failed: "failed"
        }
    }

    /// The reason within the group; nil for a contribution.
    package var reason: String? {
        switch self {
        case .contributed: nil
        case .late(let lateness): lateness.rawValue
        case .refused(let reason): reason.rawValue
        case .failed(let failure): failure.code
        }
    }
}
