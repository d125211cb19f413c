import CoordinatorStore
import Federation
import WireProtocol

/// A run that goes on: what is fixed, how far it has come, and what waits to be given to it.
struct ActiveRun: Sendable {
    let id: RunID
    let plan: Plan
    let planSHA256: SHA256Digest
    let initialModel: SHA256Digest
    /// The sites that were asked, ascending.
    let asked: [SiteID]
    /// How far it has come; what the database has too.
    var stage: RunStage
    /// What is being written to the database, and will be the stage.
    var next: RunStage?
    /// When the database got the stage.
    var savedAt: Duration

    /// Takes up a run with its plan.
    init(_ queued: QueuedRun, plan: Plan, stage: RunStage, savedAt: Duration) {
        id = queued.id
        self.plan = plan
        planSHA256 = queued.planSHA256
        initialModel = queued.initialModel
        asked = queued.sites.sorted()
        self.stage = stage
        self.savedAt = savedAt
    }

    /// The rounds; nil while answers are awaited.
    var machine: RunStateMachine? { stage.machine }

    /// Whether a site may still bring something.
    func isIn(_ site: SiteID) -> Bool {
        guard asked.contains(site) else { return false }
        return switch stage {
        case .approval(let approval): approval.answers[site] != .declined
        case .rounds(let machine): machine.excluded[site] == nil && !machine.isOver
        }
    }

    /// The models and updates that the run needs, or will need once the database has the next stage.
    var neededBlobs: Set<SHA256Digest> {
        [stage, next].compactMap { $0?.machine?.neededBlobs }.reduce([initialModel]) {
            $0.union($1)
        }
    }

    /// What a site is to do now.
    func work(for site: SiteID, at now: Duration, bytes: (SHA256Digest) -> Int?) -> Work? {
        guard asked.contains(site) else { return nil }
        switch stage {
        case .approval(let approval):
            return approval.isAwaiting(site) ? .reviewPlan(planSHA256) : nil
        case .rounds(let machine):
            guard let work = machine.work(for: site), let size = bytes(work.model) else {
                return nil
            }
            let left = max(.zero, (machine.deadline ?? now) - now)
            let control = machine.control.flatMap { digest in
                bytes(digest).map { (digest, $0) }
            }
            return message(work, size, Int(left.components.seconds), control)
        }
    }

    private func message(
        _ work: SiteWork,
        _ bytes: Int,
        _ remainingSeconds: Int,
        _ control: (sha256: SHA256Digest, bytes: Int)?
    ) -> Work {
        switch work {
        case .train(let round, let model):
            .train(
                .init(
                    runID: id,
                    round: round,
                    planSHA256: planSHA256,
                    modelSHA256: model,
                    modelBytes: bytes,
                    remainingSeconds: remainingSeconds,
                    controlSHA256: control?.sha256,
                    controlBytes: control?.bytes
                )
            )
        case .score(_, let model):
            .score(
                .init(
                    runID: id,
                    planSHA256: planSHA256,
                    modelSHA256: model,
                    modelBytes: bytes,
                    remainingSeconds: remainingSeconds
                )
            )
        }
    }
}
