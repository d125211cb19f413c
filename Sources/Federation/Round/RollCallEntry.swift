/// One site's line of a roll-call.
package struct RollCallEntry: Sendable, Hashable {
    /// The site and what it holds.
    package let share: SiteShare
    /// How its part ended.
    package let outcome: SiteOutcome

    /// An entry.
    package init(share: SiteShare, outcome: SiteOutcome) {
        self.share = share
        self.outcome = outcome
    }
}
