import Federation
import Foundation
import Synchronization
import WireProtocol

/// Tells the coordinator where the site is within its work, beside the work: its silence means that
/// the agent is dead, not slow.
final class Heartbeat: Sendable {
    /// Between two reports; the coordinator takes 10 s of silence for death.
    private static let interval: Duration = .seconds(3)

    private let client: CoordinatorClient
    private let schedule: SiteSchedule
    private let latest: Mutex<ProgressReport>

    /// Reports on work of a run; `phase` is the first step.
    init(
        _ client: CoordinatorClient,
        _ schedule: SiteSchedule = .unlimited,
        run: RunID,
        round: RoundNumber,
        phase: ProgressReport.Phase
    ) {
        self.client = client
        self.schedule = schedule
        latest = Mutex(ProgressReport(runID: run, round: round, phase: phase, fraction: 0))
    }

    /// Notes how far the work is; the next report says it.
    func note(_ phase: ProgressReport.Phase, fraction: Double = 0, meanLoss: Double? = nil) {
        latest.withLock { latest in
            latest = ProgressReport(
                runID: latest.runID,
                round: latest.round,
                phase: phase,
                fraction: min(max(fraction.isFinite ? fraction : 0, 0), 1),
                meanLoss: meanLoss.flatMap { $0.isFinite ? $0 : nil }
            )
        }
    }

    /// Reports while `work` is done.
    func during<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { await self.beat() }
            return try await work()
        }
    }

    /// Where the site is; while it waits by its own schedule, that and until when.
    private func report() -> ProgressReport {
        let latest = latest.withLock { $0 }
        guard let until = schedule.waitsUntil else { return latest }
        return ProgressReport(
            runID: latest.runID,
            round: latest.round,
            phase: .waiting,
            fraction: latest.fraction,
            untilMilliseconds: Int64((until.timeIntervalSince1970 * 1000).rounded())
        )
    }

    private func beat() async {
        while !Task.isCancelled {
            // A report that gets lost is not repeated: the next one is newer.
            try? await client.report(report())
            try? await Task.sleep(for: Self.interval)
        }
    }
}
