import CoordinatorStore
import Logging
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
        let waiting = runs.values.filter { $0.planSHA256 == digest && $0.asked.contains(site) }
        guard !waiting.isEmpty else { throw CoordinatorError(.notFound) }
        try await store.recordApproval(
            plan: digest,
            site: site,
            decision: answer.decision.rawValue,
            decidedBy: answer.by,
            reason: answer.reason,
            exams: answer.exams,
            positiveExams: answer.positiveExams
        )
        for run in waiting.sorted(by: { $0.id < $1.id }) where run.machine == nil {
            let share = SiteShare(
                site: site,
                exams: answer.exams,
                positives: answer.positiveExams
            )
            runs[run.id]?.answers[site] =
                answer.decision == .approved ? .approved(share) : .declined
            try await beginIfAnswered(run.id)
        }
    }

    /// Begins a run when every site has answered, or when the time for answers is over.
    func beginIfAnswered(_ id: RunID) async throws {
        guard var run = runs[id], run.machine == nil,
            run.isAnswered || now >= run.approvalDeadline
        else { return }
        do {
            let configuration = try RunConfiguration(plan: run.plan, sites: run.approvedShares)
            run.machine = RunStateMachine(configuration, initialModel: run.initialModel)
            runs[id] = run
            try await handle(.start, in: id)
        } catch let error as FederationError {
            runs[id] = nil
            try await store.finishRun(id, model: nil, failure: "\(error)")
            logger.error("run failed", metadata: ["run.id": "\(id)", "error": "\(error)"])
        }
    }
}
