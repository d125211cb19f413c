import CoordinatorStore
import Federation
import Foundation
import Logging

extension Coordinator {
    /// Gives an event to a run's machine and performs what follows, to the end.
    func handle(_ event: RunEvent, in id: RunID) async throws {
        var events = [event]
        while !events.isEmpty {
            guard var run = runs[id], var machine = run.machine else { return }
            let effects = machine.on(events.removeFirst(), at: now)
            run.machine = machine
            runs[id] = run
            for effect in effects {
                if let next = try await perform(effect, in: run) { events.append(next) }
            }
        }
    }

    private func perform(_ effect: RunEffect, in run: ActiveRun) async throws -> RunEvent? {
        switch effect {
        case .openRound(let round, let model):
            try await store.openRound(run.id, round, model: model)
            runs[run.id]?.roundStart = now
            logger.notice("round opened", metadata: Self.metadata(run.id, round))
            await changed()
            return .roundOpened(round)
        case .assign, .requestScores:
            await changed()
        case .alarm(let round, let alarm):
            try await store.recordAlarm(run.id, round, alarm)
            logger.warning(
                "round alarm",
                metadata: Self.metadata(run.id, round).merging(
                    [
                        "alarm": "\(alarm.code)",
                        "site.ids": "\(alarm.sites.map(\.rawValue).joined(separator: " "))",
                    ],
                    uniquingKeysWith: { $1 }
                )
            )
        case .turnAway(let site, let standing):
            logger.info(
                "update turned away",
                metadata: ["site.id": "\(site)", "standing": "\(standing)"]
            )
        case .aggregate(let round, let contributions):
            return try await aggregate(round, contributions, in: run)
        case .publishModel(let round, let model):
            try await store.recordModel(run.id, round, model: model)
        case .closeRound(let round, let rollCall):
            let seconds = (now - (runs[run.id]?.roundStart ?? now)) / .seconds(1)
            try await store.closeRound(run.id, round, rollCall: rollCall, seconds: seconds)
            retire(rollCall.contributions.map(\.sha256))
            logger.notice(
                "round closed",
                metadata: Self.metadata(run.id, round).merging(
                    ["roll.call": "\(rollCall.text)"],
                    uniquingKeysWith: { $1 }
                )
            )
        case .complete(let model, _):
            try await store.finishRun(run.id, model: model, failure: nil)
            logger.notice("run completed", metadata: ["run.id": "\(run.id)"])
            await changed()
        case .fail(let failure):
            try await store.finishRun(run.id, model: nil, failure: failure.message)
            logger.error(
                "run failed",
                metadata: ["run.id": "\(run.id)", "reason": "\(failure.message)"]
            )
            await changed()
        }
        return nil
    }

    private func aggregate(
        _ round: RoundNumber,
        _ contributions: [Contribution],
        in run: ActiveRun
    ) async throws -> RunEvent {
        guard let model = run.machine?.model else {
            return .aggregationFailed(round, .noUpdates)
        }
        let rules = run.plan.aggregation
        let updates = contributions.map { contribution in
            WeightedUpdate(
                site: contribution.site,
                file: blobs.url(contribution.sha256),
                weight: rules.weight(of: contribution),
                steps: run.plan.localTraining.steps(examples: contribution.examples)
            )
        }
        let strategy = run.plan.makeStrategy(
            sitesInRun: run.machine?.configuration.sites.count ?? 0
        )
        let state =
            strategy.keepsState
            ? StrategyState(folder: blobs.stateFolder, run: run.id, round: round) : nil
        let (source, target) = (blobs.url(model), blobs.scratch("\(run.id)-\(round)"))
        do {
            let report = try await TransferThreads.run { [blobs] in
                let report = try strategy.aggregate(
                    updates,
                    onto: source,
                    writing: target,
                    state: state
                )
                try blobs.take(target, as: report.model)
                return report
            }
            let setAside = report.sites.filter(\.setAside).map(\.site.rawValue)
            if !setAside.isEmpty {
                logger.warning(
                    "updates set aside by the rule",
                    metadata: [
                        "run.id": "\(run.id)", "round.number": "\(round)",
                        "site.ids": "\(setAside.joined(separator: " "))",
                    ]
                )
            }
            return .aggregated(round, report.model)
        } catch let error as FederationError {
            logger.error("aggregation failed", metadata: ["error": "\(error)"])
            return .aggregationFailed(round, error.code)
        }
    }

    private static func metadata(_ run: RunID, _ round: RoundNumber) -> [String: Logger
        .MetadataValue]
    {
        ["run.id": "\(run)", "round.number": "\(round)"]
    }
}
