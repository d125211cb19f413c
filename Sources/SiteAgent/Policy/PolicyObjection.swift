package import Federation

/// What a site's policy has against a plan or against going on with it.
package struct PolicyObjection: Sendable, Hashable, Codable {
    /// The rules of a policy, named as its keys.
    package enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
        case plans
        case metrics
        case maximumRounds
        case minimumCohort
        case privacyBudget
    }

    /// The rule.
    package let rule: Rule
    /// For the site's admin: with the policy's own numbers.
    package let atSite: String
    /// For the operator: what has to change, without what the policy says.
    package let atCoordinator: String

    /// How the coordinator counts a site that stops for it.
    package var refusal: RefusalReason {
        switch rule {
        case .plans, .metrics: .planDeclined
        case .maximumRounds, .privacyBudget: .budgetSpent
        case .minimumCohort: .tooFewExams
        }
    }
}

extension SitePolicy {
    /// What stands against a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - trainingExams: The exams that would train; nil where that is not known.
    ///   - roundsGiven: Rounds under this plan in which the site's update was answered.
    ///   - roundsAsked: Rounds still to come: all of the plan's when it is reviewed, one at work.
    /// - Returns: one objection a rule; empty if nothing stands against it.
    package func objections(
        to plan: Plan,
        trainingExams: Int?,
        roundsGiven: Int = 0,
        roundsAsked: Int
    ) -> [PolicyObjection] {
        [
            lists(plan)
                ? nil
                : PolicyObjection(
                    rule: .plans,
                    atSite: "plans: no entry is \(plan.name) or its SHA-256",
                    atCoordinator: "this site lists the plans it takes part in, without this one"
                ),
            metricsObjection(to: plan),
            roundsGiven + roundsAsked > maximumRounds
                ? PolicyObjection(
                    rule: .maximumRounds,
                    atSite: "maximumRounds: \(maximumRounds), but the plan asks for \(roundsAsked)"
                        + (roundsGiven > 0 ? " and had \(roundsGiven)" : ""),
                    atCoordinator: "these are more rounds than this site gives under one plan"
                ) : nil,
            trainingExams.map { $0 < minimumCohort } ?? false
                ? PolicyObjection(
                    rule: .minimumCohort,
                    atSite:
                        "minimumCohort: \(minimumCohort), but \(trainingExams ?? 0) exams train",
                    atCoordinator: "this site's cohort is too small for its own policy"
                ) : nil,
            privacyBudget.map { budget in
                PolicyObjection(
                    rule: .privacyBudget,
                    atSite: "privacyBudget: epsilon \(budget.epsilon), but the plan adds no noise:"
                        + " what it may lose has no bound",
                    atCoordinator: "this site asks for differential privacy, which the plan has not"
                )
            },
        ].compactMap { $0 }
    }

    /// Every contribution carries its mean loss, whatever the plan lists.
    private func metricsObjection(to plan: Plan) -> PolicyObjection? {
        let excess = Set(plan.metrics.allowed + [.trainingLoss]).subtracting(metrics)
        guard !excess.isEmpty else { return nil }
        let names = excess.map(\.rawValue).sorted().joined(separator: ", ")
        return PolicyObjection(
            rule: .metrics,
            atSite: "metrics: does not list \(names)",
            atCoordinator: "this site does not give the metrics: \(names)"
        )
    }
}
