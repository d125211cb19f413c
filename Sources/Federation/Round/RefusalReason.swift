/// Why a site takes no part, by its own will or by the coordinator's.
package enum RefusalReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The site's admin or policy declined the plan.
    case planDeclined = "plan-declined"
    /// The site's policy does not allow work at this time.
    case outsideHours = "outside-hours"
    /// The site has fewer exams than the plan or its own policy asks for.
    case tooFewExams = "too-few-exams"
    /// The site's policy sees a budget used up (rounds, privacy).
    case budgetSpent = "budget-spent"
    /// The coordinator revoked the site.
    case revoked = "revoked"
    /// The plan asks only some sites each round, and the draw left this one out.
    case notSampled = "not-sampled"

    /// Whether a site itself may give this reason, where it stops during a run.
    package var isOfSites: Bool {
        switch self {
        case .planDeclined, .outsideHours, .tooFewExams, .budgetSpent: true
        case .revoked, .notSampled: false
        }
    }

    /// Whether the site stays out for the rest of the run, not only for this round.
    package var endsParticipation: Bool {
        switch self {
        case .planDeclined, .tooFewExams, .budgetSpent, .revoked: true
        case .outsideHours, .notSampled: false
        }
    }
}
