import CoordinatorStore
import Durability
import Federation
import Foundation
import Logging
import ProcessResources
import WireProtocol

extension Coordinator {
    /// How long a round waits for room on the disk before it is combined again.
    private static let patience: Duration = .seconds(5)

    /// Combines the updates of a round and tells the run; done again, it gives the same bits.
    ///
    /// Want of room is no reason to fail a run: whoever watches the disk makes some.
    func aggregate(
        _ round: RoundNumber,
        _ contributions: [Contribution],
        of id: RunID
    ) async {
        do {
            while let run = runs[id], let machine = run.machine, !isStopping {
                do {
                    return try await conclude(round, contributions, run, machine)
                } catch  where isWantOfRoom(error, machine) {
                    logger.error(
                        "a round waits for room on the disk",
                        metadata: ["run.id": "\(id)", "error": "\(error)"]
                    )
                    try await Task.sleep(for: Self.patience)
                }
            }
        } catch is CancellationError {
            // Stopping: the next process does it again.
        } catch {
            if isFatal(error) { return stop(after: error) }
            logger.error("aggregation failed", metadata: ["error": "\(error)"])
            let code = (error as? FederationError)?.code ?? .fileAccess
            post(.event(.aggregationFailed(round, code)), to: id)
        }
    }

    private func conclude(
        _ round: RoundNumber,
        _ contributions: [Contribution],
        _ run: ActiveRun,
        _ machine: RunStateMachine
    ) async throws {
        let (report, control) = try await combine(contributions, round, run, machine)
        tell(report, run.id, round)
        // Named before the run needs it: a restart between the two computes both again.
        if let control {
            try await store.record([.stored(control.sha256, bytes: control.bytes)], of: run.id)
        }
        try await give(
            .event(
                .aggregated(round, report.model, control: control?.sha256),
                record: .stored(report.model, bytes: report.bytes)
            ),
            to: run.id
        )
    }

    private func isWantOfRoom(_ error: any Error, _ machine: RunStateMachine) -> Bool {
        switch error {
        case let error as FederationError:
            error.code == .fileAccess && isDiskLow(forModel: machine.model)
        case let error as CoordinatorError: error.entry == .busy
        default: false
        }
    }

    private func combine(
        _ contributions: [Contribution],
        _ round: RoundNumber,
        _ run: ActiveRun,
        _ machine: RunStateMachine
    ) async throws -> (report: AggregationReport, control: StoredBlob?) {
        let rules = run.plan.aggregation
        let updates = contributions.map { contribution in
            WeightedUpdate(
                site: contribution.site,
                file: blobs.url(contribution.sha256),
                weight: rules.weight(of: contribution, in: round),
                steps: run.plan.localTraining.steps(examples: contribution.examples),
                staleness: contribution.staleness(in: round),
                compression: run.plan.updateCompression
            )
        }
        let strategy = run.plan.makeStrategy(sitesInRun: machine.configuration.sites.count)
        let state =
            strategy.keepsState
            ? StrategyState(folder: blobs.stateFolder, run: run.id, round: round) : nil
        let (source, target) = (blobs.url(machine.model), blobs.scratch("\(run.id)-\(round)"))
        let hasControl = run.plan.hasControlVariates
        return try await BlockingThreads.run {
            [blobs] () throws -> (AggregationReport, StoredBlob?) in
            blobs.takeSpare(as: target, bytes: blobs.size(machine.model) ?? 0)
            let report = try strategy.aggregate(
                updates,
                onto: source,
                writing: target,
                state: state
            )
            CrashPoint.modelComputed.pass()
            try blobs.take(target, as: report.model)
            CrashPoint.modelStored.pass()
            guard hasControl, let state else { return (report, nil) }
            return (report, try blobs.copy(state.next(Scaffold.controlName)))
        }
    }

    private func tell(_ report: AggregationReport, _ run: RunID, _ round: RoundNumber) {
        let setAside = report.sites.filter(\.setAside).map(\.site.rawValue)
        guard !setAside.isEmpty else { return }
        var metadata = Self.metadata(run, round)
        metadata["site.ids"] = "\(setAside.joined(separator: " "))"
        logger.warning("updates set aside by the rule", metadata: metadata)
    }
}
