import CoordinatorStore
import Durability
import Federation
import Logging

extension Coordinator {
    /// Does what a recorded turn asks for.
    func follow(_ turn: RunTurn, of id: RunID) async {
        for effect in turn.effects { perform(effect, of: id) }
        // Once for all: every waiting site looks.
        if !turn.effects.isEmpty { await changed() }
        guard turn.isOver else { return }
        if let failure = turn.failure {
            logger.error("run failed", metadata: ["run.id": "\(id)", "reason": "\(failure)"])
        }
        await end(id)
    }

    /// Performs an effect; safe to be done again after a restart.
    func perform(_ effect: RunEffect, of run: RunID) {
        switch effect {
        case .openRound(let round, _):
            logger.notice("round opened", metadata: Self.metadata(run, round))
            post(.event(.roundOpened(round)), to: run)
        case .assign, .requestScores, .publishModel: break
        case .alarm(let round, let alarm): tell(alarm, run, round)
        case .turnAway(let site, let standing):
            logger.info(
                "update turned away",
                metadata: ["site.id": "\(site)", "standing": "\(standing)"]
            )
        case .aggregate(let round, let contributions):
            jobs.add(.aggregate(run, round, contributions))
        case .closeRound(let round, let rollCall):
            CrashPoint.roundClosed.pass()
            tell(rollCall, run, round)
            jobs.add(.retire)
        case .complete: logger.notice("run completed", metadata: ["run.id": "\(run)"])
        case .fail(let failure):
            logger.error(
                "run failed",
                metadata: ["run.id": "\(run)", "reason": "\(failure.message)"]
            )
        }
    }

    private func tell(_ alarm: RoundAlarm, _ run: RunID, _ round: RoundNumber) {
        var metadata = Self.metadata(run, round)
        metadata["alarm"] = "\(alarm.code)"
        metadata["site.ids"] = "\(alarm.sites.map(\.rawValue).joined(separator: " "))"
        logger.warning("round alarm", metadata: metadata)
    }

    private func tell(_ rollCall: RollCall, _ run: RunID, _ round: RoundNumber) {
        var metadata = Self.metadata(run, round)
        metadata["roll.call"] = "\(rollCall.text)"
        logger.notice("round closed", metadata: metadata)
    }

    /// What log lines about a round carry.
    static func metadata(_ run: RunID, _ round: RoundNumber) -> Logger.Metadata {
        ["run.id": "\(run)", "round.number": "\(round)"]
    }
}
