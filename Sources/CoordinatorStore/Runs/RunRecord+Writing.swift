import AuditLog
import AuditedDatabase
import Federation
import GRDB

extension RunRecord {
    /// Writes the record, with its audit records, into a transaction.
    func write(_ run: RunID, _ change: Change) throws -> Outcome {
        switch self {
        case .takenUp: try RunTable.takeUp(run, change)
        case .answer(let answer): try answer.write(change)
        case .accepted(let round, let site, let sha256, let bytes, let document, let isLate):
            return try ContributionRow(
                run: run,
                round: round,
                site: site,
                sha256: sha256,
                status: .accepted,
                reason: nil,
                document: document
            ).record(bytes: bytes, isLate: isLate, change)
        case .rejected(let round, let site, let sha256, let reason):
            return try ContributionRow(
                run: run,
                round: round,
                site: site,
                sha256: sha256,
                status: .rejected,
                reason: reason,
                document: nil
            ).record(bytes: nil, isLate: true, change)
        case .metrics(let site, let model, let document):
            return try MetricsRow(run: run, site: site, model: model, document: document)
                .record(change)
        case .operation(let request): return try request.writeDone(change)
        case .effect(let effect): return try effect.write(run, change)
        case .stored(let model, let bytes):
            try BlobTable.insert(model, kind: .model, bytes: bytes, change)
        case .failed(let reason): return try RunTable.finish(run, model: nil, reason, change)
        case .dismissed(let site): return try RunTable.dismiss(site, from: run, change)
        }
        return .recorded
    }
}

extension RunEffect {
    /// Writes what the effect makes durable; effects that tell somebody something write nothing.
    fileprivate func write(_ run: RunID, _ change: Change) throws -> RunRecord.Outcome {
        switch self {
        case .openRound(let round, let model):
            return try RoundTable.open(run, round, model: model, change)
        case .publishModel(let round, let model):
            return try RoundTable.publish(run, round, model: model, change)
        case .closeRound(let round, let rollCall):
            return try RoundTable.close(run, round, rollCall, change)
        case .alarm(let round, let alarm): try RoundTable.alarm(run, round, alarm, change)
        case .complete(let model, _): return try RunTable.finish(run, model: model, nil, change)
        case .fail(let failure):
            return try RunTable.finish(run, model: nil, failure.message, change)
        case .assign, .turnAway, .aggregate, .requestScores: break
        }
        return .recorded
    }
}
