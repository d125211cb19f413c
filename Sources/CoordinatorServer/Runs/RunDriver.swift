import CoordinatorStore
import Federation
import Logging
import ServiceLifecycle

/// Takes up runs that the operator started and lets time pass for the state machines.
package struct RunDriver: Service {
    private let coordinator: Coordinator
    private let interval: Duration

    /// Drives a coordinator, looking every `interval`.
    package init(coordinator: Coordinator, interval: Duration = .milliseconds(200)) {
        self.coordinator = coordinator
        self.interval = interval
    }

    /// Runs until graceful shutdown.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                while true {
                    try await coordinator.adoptNewRuns()
                    try await coordinator.tick()
                    try await Task.sleep(for: interval)
                }
            } catch is CancellationError {
                return
            }
        }
    }
}

extension Coordinator {
    /// Takes up runs that were started since the last look.
    func adoptNewRuns() async throws {
        for queued in try await store.queuedRuns() where runs[queued.id] == nil {
            let plan: Plan
            do {
                plan = try Plan.parse(json: queued.planDocument)
            } catch {
                try await store.finishRun(queued.id, model: nil, failure: "\(error)")
                continue
            }
            runs[queued.id] = ActiveRun(
                id: queued.id,
                plan: plan,
                planSHA256: queued.planSHA256,
                initialModel: queued.initialModel,
                asked: queued.sites.sorted(),
                approvalDeadline: now + .seconds(plan.deadlineSeconds)
            )
            try await store.markRunWaiting(queued.id)
            logger.notice("run waits for approvals", metadata: ["run.id": "\(queued.id)"])
            await changed()
        }
    }

    /// Lets time pass for every run whose deadline has come.
    func tick() async throws {
        for id in runs.keys.sorted() {
            guard let run = runs[id], let deadline = run.deadline, now >= deadline else { continue }
            if run.machine == nil {
                try await beginIfAnswered(id)
            } else {
                try await handle(.tick, in: id)
            }
        }
    }
}
