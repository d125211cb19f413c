import Durability
import HeadCT
import NeuralNetwork
package import Federation
import Foundation
import SiteStore
import WireProtocol

/// Shows a plan to the site and brings its answer to the coordinator.
package struct PlanReview: Sendable {
    private let site: SiteContext

    /// Reviews for a site.
    package init(site: SiteContext) { self.site = site }

    /// Fetches the plan if it is new, decides by policy or by what a person decided, and answers.
    ///
    /// Returns false while a person has yet to decide.
    package func review(_ digest: SHA256Digest) async throws -> Bool {
        let plan = try await fetch(digest)
        let rows = try await site.exams(.train, of: plan)
        guard let answer = try await decide(plan, digest, trainingExams: rows.count) else {
            site.emit(.waiting(for: "fedagent plan approve \(digest)"))
            return false
        }
        if try await site.store.answer(toPlan: digest.rawValue) == nil {
            try await site.store.record(answer)
        }
        let decision = PlanAnswer.Decision(rawValue: answer.decision) ?? .declined
        // Who takes no part says nothing of its exams.
        let brings = decision == .approved ? rows : []
        try await site.client.answer(
            plan: digest,
            PlanAnswer(
                decision: decision,
                by: answer.decidedBy,
                reason: answer.reason,
                exams: brings.count,
                positiveExams: brings.isEmpty ? nil : try positives(in: brings)
            )
        )
        CrashPoint.planAnswered.pass()
        site.emit(.planAnswered(sha256: digest.rawValue, decision: answer.decision))
        return true
    }

    private func fetch(_ digest: SHA256Digest) async throws -> Plan {
        if try await site.store.plan(digest.rawValue) == nil {
            let document = try await site.client.plan(digest)
            _ = try Plan.parse(json: document)
            try await site.store.save(
                plan: digest.rawValue,
                document: document,
                at: Self.milliseconds()
            )
        }
        return try await site.plan(digest)
    }

    private func decide(
        _ plan: Plan,
        _ digest: SHA256Digest,
        trainingExams: Int
    ) async throws -> PlanAnswerRow? {
        if let known = try await site.store.answer(toPlan: digest.rawValue) { return known }
        let objections = try await objections(to: plan, digest, trainingExams: trainingExams)
        if site.profile.approval.mode == .manual, objections.isEmpty { return nil }
        return PlanAnswerRow(
            sha256: digest.rawValue,
            decision: objections.isEmpty ? "approved" : "declined",
            decidedBy: PlanAnswerRow.policy,
            reason: objections.joined(separator: "; "),
            answeredMilliseconds: Self.milliseconds()
        )
    }

    /// What stands against a plan, in the words that the operator gets.
    private func objections(
        to plan: Plan,
        _ digest: SHA256Digest,
        trainingExams: Int
    ) async throws -> [String] {
        let against = try await site.policy().objections(
            to: plan,
            trainingExams: trainingExams,
            roundsGiven: try await site.store.roundsGiven(plan: digest.rawValue),
            roundsAsked: plan.rounds
        )
        for objection in against { site.emit(.warning("policy.yaml, \(objection.atSite)")) }
        var words = against.map(\.atCoordinator)
        if trainingExams < plan.cohort.minimumExams {
            words.append(
                "the plan needs \(plan.cohort.minimumExams) training exams, this site has fewer"
            )
        }
        do {
            _ = try plan.preprocessingContract()
            try plan.modelDescription().validate()
        } catch {
            words.append("this agent cannot carry the plan out: \(error)")
        }
        return words
    }

    private func positives(in rows: [ExamRow]) throws -> Int? {
        let count = try rows.count { row in
            try ExamRecord(of: row).labels?.values[.any] == true
        }
        return try site.disclosure().released(positives: count, of: rows.count)
    }

    private static func milliseconds() -> Int64 {
        Int64((Date().timeIntervalSince1970 * 1000).rounded())
    }
}
