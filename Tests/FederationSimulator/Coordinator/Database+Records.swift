import AuditLog
import Federation

extension AuditActor {
    /// The coordinator itself.
    static let coordinator = AuditActor(.coordinator, "coordinator")
}

extension VirtualDisk.Database {
    /// Appends an audit record.
    mutating func append(_ entry: AuditEntry, _ stamp: AuditStamp) {
        var end = LogEnd(size: Int64(leaves.count), last: leaves.last?.hash ?? .zero)
        guard let leaf = try? end.append(entry, to: "coordinator", at: stamp) else {
            preconditionFailure("the simulation writes no free text")
        }
        leaves.append(leaf)
    }

    /// Records a verdict on an update with its audit record.
    mutating func record(
        _ contribution: Contribution,
        _ round: RoundNumber,
        isAccepted: Bool,
        isLate: Bool = false,
        _ stamp: AuditStamp
    ) {
        rows.append(
            Row(
                site: contribution.site,
                round: round,
                sha256: contribution.sha256,
                isAccepted: isAccepted,
                isLate: isLate,
                roundsClosed: rollCalls.count
            )
        )
        append(
            AuditEntry(
                isAccepted ? .roundUpdateAccept : .roundUpdateReject,
                by: AuditActor(.site, contribution.site.rawValue),
                on: AuditObject("update", "u", sha256: contribution.sha256.rawValue),
                study: "run",
                round: round.rawValue,
                reason: isLate ? "late" : nil
            ),
            stamp
        )
    }

    /// Records what an effect makes durable, with its audit record.
    mutating func record(_ effect: RunEffect, _ stamp: AuditStamp) {
        func entry(_ act: AuditAct, _ round: RoundNumber? = nil, new: String? = nil) -> AuditEntry {
            AuditEntry(act, by: .coordinator, study: "run", round: round?.rawValue, new: new)
        }
        switch effect {
        case .openRound(let round, _): append(entry(.roundOpen, round), stamp)
        case .publishModel(let round, let model):
            models[round] = model
            append(entry(.modelPublish, round, new: model.rawValue), stamp)
        case .closeRound(let round, let rollCall):
            rollCalls[round] = rollCall
            append(entry(.roundClose, round), stamp)
        case .complete(let model, _): append(entry(.runComplete, new: model.rawValue), stamp)
        case .fail: append(entry(.runFail), stamp)
        case .assign, .turnAway, .aggregate, .requestScores, .alarm: break
        }
    }
}
