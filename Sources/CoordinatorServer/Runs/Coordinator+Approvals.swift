import CoordinatorStore
package import Federation
package import WireProtocol

extension Coordinator {
    /// Records a site's answer to a plan, and begins the runs that waited only for it.
    package func answer(
        plan digest: SHA256Digest,
        _ answer: PlanAnswer,
        from site: SiteID
    ) async throws {
        guard answer.exams >= 0, answer.positiveExams ?? 0 >= 0 else {
            throw CoordinatorError(.malformed, "answer-plan: negative number of exams")
        }
        let asking = runs.values.filter { $0.planSHA256 == digest && $0.asked.contains(site) }
        guard !asking.isEmpty else { throw CoordinatorError(.notFound) }
        let record = PlanAnswerRecord(
            plan: digest,
            site: site,
            decision: answer.decision.rawValue,
            decidedBy: answer.by,
            reason: answer.reason,
            exams: answer.exams,
            positiveExams: answer.positiveExams
        )
        let share = SiteShare(site: site, exams: answer.exams, positives: answer.positiveExams)
        for run in asking.map(\.id).sorted() {
            try await give(
                .answer(record, answer.decision == .approved ? .approved(share) : .declined),
                to: run
            )
        }
    }
}
