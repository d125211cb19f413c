package import Federation
package import Foundation
import HeadCT
package import SiteStore

/// A site's policy in words, and what it says to a plan; for the site's own people only.
package struct PolicyPage: Sendable {
    private let folder: SiteFolder
    private let store: SiteStore

    /// The policy of a site.
    package init(of folder: SiteFolder, _ store: SiteStore) {
        (self.folder, self.store) = (folder, store)
    }

    /// What a policy has against a plan at this site now; empty if nothing.
    ///
    /// `file` is another policy than the one in force, to be tried.
    package func objections(to plan: Plan, by file: URL? = nil) async throws -> [PolicyObjection] {
        try SitePolicy.read(from: file ?? folder.policy).objections(
            to: plan,
            trainingExams: try await trainingExams(plan),
            roundsGiven: try await store.roundsGiven(plan: plan.sha256.rawValue),
            roundsAsked: plan.rounds
        )
    }

    /// The rules in force, one a line.
    package func text(now: Date) throws -> String {
        let policy = try SitePolicy.read(from: folder.policy)
        let metrics = policy.metrics.map(\.rawValue).sorted().joined(separator: ", ")
        let budget = policy.privacyBudget.map {
            "epsilon \($0.epsilon), delta \($0.delta), for all plans together"
        }
        let isOpen = policy.hours.contains(now)
        let hours =
            policy.hours.text.joined(separator: ", ") + " \(policy.hours.timeZone.identifier)"
            + (isOpen ? "" : " (closed now)")
        return """
            \(folder.policy.path)
            SHA-256        \(try SitePolicy.digest(in: folder))
            metrics        \(metrics.isEmpty ? "none" : metrics)
            minimumCohort  \(policy.minimumCohort) training exams
            minimumCell    \(policy.minimumCell): smaller counts do not leave
            maximumRounds  \(policy.maximumRounds) under one plan
            hours          \(hours)
            plans          \(policy.plans.joined(separator: ", "))
            privacyBudget  \(budget ?? "unlimited")
            """
    }

    private func trainingExams(_ plan: Plan) async throws -> Int? {
        let cohort = try? await CohortRegister(store: store, folder: folder).current()
        guard let rows = cohort?.rows, !rows.isEmpty else { return nil }
        return try await SiteContext.exams(.train, of: plan, among: rows, store).count
    }
}
