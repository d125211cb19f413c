import Federation
import WireProtocol

/// A run that is not over: who was asked, who answered, and its state machine once enough sites approved.
struct ActiveRun: Sendable {
    /// How a site answered the plan.
    enum Answer: Sendable, Hashable {
        case approved(SiteShare)
        case declined
    }

    let id: RunID
    let plan: Plan
    let planSHA256: SHA256Digest
    let initialModel: SHA256Digest
    /// The sites that were asked, ascending.
    let asked: [SiteID]
    /// When the run stops waiting for answers.
    let approvalDeadline: Duration
    var answers: [SiteID: Answer] = [:]
    var machine: RunStateMachine?
    /// When the open round began.
    var roundStart: Duration = .zero
    /// Sites that were told that the run is over.
    var dismissed: Set<SiteID> = []

    /// Whether nobody is left to answer the plan.
    var isAnswered: Bool { asked.allSatisfy { answers[$0] != nil } }

    /// The shares of the sites that approved, ascending by site id.
    var approvedShares: [SiteShare] {
        asked.compactMap { site in
            if case .approved(let share) = answers[site] { share } else { nil }
        }
    }

    /// The next moment at which time alone changes something.
    var deadline: Duration? {
        guard let machine else { return approvalDeadline }
        return machine.isOver ? nil : machine.nextWake
    }

    /// How the run ended, in one word; nil while it goes on.
    var outcome: String? {
        switch machine?.phase {
        case .completed: "completed"
        case .failed(let failure): failure.code.rawValue
        default: nil
        }
    }

    /// What a site is to do now.
    func work(for site: SiteID, at now: Duration, bytes: (SHA256Digest) -> Int?) -> Work? {
        guard asked.contains(site) else { return nil }
        guard let machine else {
            return answers[site] == nil ? .reviewPlan(planSHA256) : nil
        }
        if let outcome {
            return dismissed.contains(site) ? nil : .runEnded(id, outcome: outcome)
        }
        guard let work = machine.work(for: site), let size = bytes(work.model) else { return nil }
        let remaining = Int(max(.zero, (machine.deadline ?? now) - now).components.seconds)
        switch work {
        case .train(let round, let model):
            return .train(
                .init(
                    runID: id,
                    round: round,
                    planSHA256: planSHA256,
                    modelSHA256: model,
                    modelBytes: size,
                    remainingSeconds: remaining
                )
            )
        case .score(_, let model):
            return .score(
                .init(
                    runID: id,
                    planSHA256: planSHA256,
                    modelSHA256: model,
                    modelBytes: size,
                    remainingSeconds: remaining
                )
            )
        }
    }
}
