/// What is fixed for the whole of a run: the sites that approved the plan, and the plan's limits.
package struct RunConfiguration: Sendable, Hashable, Codable {
    /// The sites, ascending by id.
    package let sites: [SiteShare]
    /// The last round.
    package let lastRound: RoundNumber
    /// What a round needs to count.
    package let quorum: Quorum
    /// How long the sites have for a round.
    package let roundTimeLimit: Duration
    /// What a round does with sites that are late, silent or not asked.
    package let rules: RoundRules
    /// How many sites a round asks; nil for all.
    package let sampling: SamplingRules?
    /// What the draw of sites is made from.
    package let seed: UInt64
    /// Which model is the result, and when to stop.
    package let selection: SelectionRules
    /// How long the sites have to score the final model.
    package let scoreTimeLimit: Duration
    /// How many rounds ago an update that counts may have been begun; nil where rounds wait for sites.
    package let maximumStaleness: Int?

    /// A run of this plan by these sites; throws `quorumUnreachable` if they are too few.
    package init(plan: Plan, sites: [SiteShare]) throws(FederationError) {
        guard Set(sites.map(\.site)).count == sites.count else {
            throw FederationError(.duplicateSite, "a site stands twice in the run")
        }
        guard sites.count >= plan.quorum.sites else {
            throw FederationError(
                .quorumUnreachable,
                "the plan's quorum is \(plan.quorum.sites) sites, but only \(sites.count) "
                    + "approved it; have more sites approve the plan or lower quorum.sites"
            )
        }
        guard let lastRound = RoundNumber(rawValue: plan.rounds) else {
            preconditionFailure("a plan's number of rounds is within its range")
        }
        self.sites = sites.sorted { $0.site < $1.site }
        self.lastRound = lastRound
        quorum = plan.quorum
        rules = RoundRules(
            stragglers: plan.stragglers,
            extensions: plan.quorum.extensions ?? 0,
            buffer: plan.aggregation.buffer
        )
        maximumStaleness = plan.aggregation.maximumStaleness
        sampling = plan.sampling
        seed = plan.seed
        selection = plan.selection ?? SelectionRules(rule: .last)
        roundTimeLimit = .seconds(plan.deadlineSeconds)
        scoreTimeLimit = .seconds(plan.scoreDeadlineSeconds)
    }
}
