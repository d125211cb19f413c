/// A run before its first round: which sites were asked about the plan, what they said, and until
/// when they may.
package struct RunApproval: Sendable, Hashable, Codable {
    /// How a site answered.
    package enum Answer: Sendable, Hashable, Codable {
        case approved(SiteShare)
        case declined
    }

    /// The sites that were asked, ascending.
    package let asked: [SiteID]
    /// The moment at which the run stops waiting.
    package private(set) var deadline: Duration
    /// What was answered; a later answer takes the place of an earlier one.
    package private(set) var answers: [SiteID: Answer] = [:]

    /// Asks sites, who have until a deadline.
    package init(asked: [SiteID], deadline: Duration) {
        self.asked = asked.sorted()
        self.deadline = deadline
    }

    /// Takes a site's answer; of a site that was not asked it is nothing.
    package mutating func answer(_ site: SiteID, _ answer: Answer) {
        if asked.contains(site) { answers[site] = answer }
    }

    /// Whether the site still owes its answer.
    package func isAwaiting(_ site: SiteID) -> Bool {
        asked.contains(site) && answers[site] == nil
    }

    /// Whether nobody is waited for any more: all answered, or the time is over.
    package func isDecided(at now: Duration) -> Bool {
        now >= deadline || asked.allSatisfy { answers[$0] != nil }
    }

    /// The shares of the sites that approved, ascending by site id.
    package var approvedShares: [SiteShare] {
        asked.compactMap { site in
            if case .approved(let share) = answers[site] { share } else { nil }
        }
    }

    /// Moves the deadline to another epoch.
    mutating func shift(by offset: Duration) { deadline += offset }
}
