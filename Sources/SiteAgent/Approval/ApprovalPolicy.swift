package import Federation

/// How a site decides on plans without asking a person each time; declared by its admin in `site.yaml`.
package struct ApprovalPolicy: Sendable, Hashable, Codable {
    /// Who decides.
    package enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
        /// A person, by `fedagent plan approve` or `decline`.
        case manual
        /// This policy: plans within its limits are approved, others declined with words.
        case declared
    }

    /// Who decides.
    package var mode: Mode
    /// Metrics that may leave; nil allows every kind the product knows.
    package var metrics: [MetricsRules.Kind]?
    /// The most rounds a plan may have.
    package var maximumRounds: Int?

    /// Declares a policy.
    package init(mode: Mode, metrics: [MetricsRules.Kind]? = nil, maximumRounds: Int? = nil) {
        self.mode = mode
        self.metrics = metrics
        self.maximumRounds = maximumRounds
    }

    /// What stands against a plan, in words; empty if nothing does.
    package func objections(to plan: Plan, trainingExams: Int) -> [String] {
        var words: [String] = []
        if let metrics {
            let excess = plan.metrics.allowed.filter { !metrics.contains($0) }.map(\.rawValue)
            if !excess.isEmpty {
                words.append(
                    "the plan asks for metrics this site does not give: "
                        + excess.sorted().joined(separator: ", ")
                )
            }
        }
        if let maximumRounds, plan.rounds > maximumRounds {
            words.append("the plan has \(plan.rounds) rounds, this site allows \(maximumRounds)")
        }
        if trainingExams < plan.cohort.minimumExams {
            words.append(
                "the plan needs \(plan.cohort.minimumExams) training exams, this site has fewer"
            )
        }
        return words
    }
}
