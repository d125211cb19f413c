package import Evaluation
package import Federation
import Foundation

/// What may leave a site, as the site alone says it (`policy.yaml`).
///
/// `fedagent` reads the file where a plan is reviewed, before work on a round begins, and before
/// each message that carries results. No message shows it to the coordinator or changes it.
package struct SitePolicy: Sendable, Hashable {
    /// The most privacy that may be lost to all plans together, per patient.
    package struct PrivacyBudget: Sendable, Hashable {
        /// ε of (ε, δ)-differential privacy.
        package let epsilon: Double
        /// δ.
        package let delta: Double
    }

    /// The kinds of figures that may leave.
    package let metrics: Set<MetricsRules.Kind>
    /// Fewer training exams than these make no update.
    package let minimumCohort: Int
    /// Counts below this, but not zero, do not leave.
    package let minimumCell: Int
    /// The most rounds under one plan, all its runs together.
    package let maximumRounds: Int
    /// When results may leave.
    package let hours: WeeklyHours
    /// Names of plans (`*` stands for any letters) or their SHA-256; others are declined.
    package let plans: [String]
    /// What may be lost; nil where the site asks for no bound.
    package let privacyBudget: PrivacyBudget?

    /// The disclosure control of a profile, at least as strict as this policy.
    package func disclosure(with profile: SiteProfile) -> DisclosurePolicy {
        var policy = profile.disclosure.policy
        policy.minimumCell = max(policy.minimumCell, minimumCell)
        policy.minimumCases = max(policy.minimumCases, minimumCell)
        return policy
    }

    /// Whether a count, though not zero, is below the smallest that may leave.
    func isSmall(_ count: Int) -> Bool { (1..<minimumCell).contains(count) }

    /// Whether a plan is on the list.
    func lists(_ plan: Plan) -> Bool {
        plans.contains { entry in
            entry == plan.sha256.rawValue || NamePattern(entry).matches(plan.name)
        }
    }
}

extension DisclosurePolicy {
    /// The number of positive exams if it may leave: neither it nor the rest is a small number.
    func released(positives: Int, of exams: Int) -> Int? {
        isSmall(positives) || isSmall(exams - positives) ? nil : positives
    }
}
