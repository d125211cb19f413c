import CoordinatorStore
import Federation
import Foundation
import Logging
import ServiceLifecycle

/// Does what runs ask for, takes up what the operator asks for, and lets time pass.
package struct RunDriver: Service {
    private let coordinator: Coordinator
    private let interval: Duration
    /// Kept until the process ends.
    private let lock: CoordinatorLock

    /// Drives the coordinator of a locked folder, looking every `interval`.
    package init(
        coordinator: Coordinator,
        lock: CoordinatorLock,
        interval: Duration = .milliseconds(200)
    ) {
        self.coordinator = coordinator
        self.lock = lock
        self.interval = interval
    }

    /// Runs until graceful shutdown.
    ///
    /// - Throws: when the disk failed.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await drive() }
        } catch is CancellationError {
            // The way in which a graceful shutdown ends the drive.
        }
    }

    private func drive() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await coordinator.letTimePass(every: interval) }
            do {
                for try await job in coordinator.jobs.stream {
                    group.addTask { await coordinator.perform(job) }
                }
            } catch {
                await coordinator.close()
                throw error
            }
            // Nobody takes turns any more: whoever waits for one, a job under way too, must not.
            await coordinator.close()
            group.cancelAll()
        }
    }
}

extension Coordinator {
    /// What of a deadline may be given back to the sites by a crash.
    private static let keptTime: Duration = .seconds(5)
    /// How often it is written down what sites are doing.
    private static let progressInterval: Duration = .seconds(1)

    /// Looks for orders, lets time pass, and keeps what sites are doing, until cancelled.
    func letTimePass(every interval: Duration) async {
        var keptAt = now
        while !Task.isCancelled, !isStopping {
            do {
                try await lookForOrders()
                tick()
                if now - keptAt >= Self.progressInterval {
                    keptAt = now
                    retryDeferred()
                    try await keepProgress()
                }
                try await Task.sleep(for: interval)
            } catch is CancellationError {
                return
            } catch {
                if isStopping { return }
                if isFatal(error) { return stop(after: error) }
                logger.error(
                    "the database was not read or written",
                    metadata: ["error": "\(error)"]
                )
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// Holds a run outside the hours of its plan, and lets it go on within them.
    private func keepHours(of run: ActiveRun) {
        guard run.plan.schedule != nil, let machine = run.machine, !machine.isOver else { return }
        let isOpen = run.plan.isInHours(at: milliseconds)
        guard machine.heldBy.contains(.schedule) == isOpen else { return }
        logger.notice(
            isOpen ? "the hours of the plan begin" : "the hours of the plan end",
            metadata: ["run.id": "\(run.id)"]
        )
        post(.schedule(isOpen: isOpen), to: run.id)
    }

    /// Lets time pass for every run whose moment has come.
    private func tick() {
        for id in runs.keys.sorted() {
            guard let run = runs[id] else { continue }
            let isKept = run.stage.nextWake != nil && now - run.savedAt >= Self.keptTime
            keepHours(of: run)
            let isDue = run.stage.nextWake.map { now >= $0 } ?? false
            if isDue || isKept { post(.time(isKept: isKept), to: id) }
        }
    }
}
