import CanonicalJSON
import Durability
import Federation
import Foundation
import HeadCT
import SiteStore
import Tensors
import Training
import WireProtocol

extension WorkLoop {
    /// Scores the final model beside the site's own and sends the figures.
    func score(_ work: Work.Scoring, round: RoundNumber) async throws {
        let plan = try await site.approvedPlan(work.planSHA256)
        let heartbeat = heartbeat(work.runID, round)
        try await heartbeat.during {
            let metrics = try await self.scored(work, plan, round: round, heartbeat)
            heartbeat.note(.uploading)
            try await self.site.untilResultsMayLeave()
            try await self.site.client.report(
                MetricsReport(modelSHA256: work.modelSHA256, metrics: metrics),
                run: work.runID,
                plan: work.planSHA256
            )
        }
        CrashPoint.scoresSent.pass()
        // No round of this run follows.
        try await site.store.retireControls(run: work.runID.rawValue)
        try await states.sweep()
    }

    /// The site's line of the comparison; what was computed before a restart is not computed again.
    private func scored(
        _ work: Work.Scoring,
        _ plan: Plan,
        round: RoundNumber,
        _ heartbeat: Heartbeat
    ) async throws -> JSONValue {
        // What a changed profile or policy would withhold must not be sent from before the change.
        let rules = try await site.policy()
        let profile =
            try SiteProfile.digest(in: site.folder) + SitePolicy.digest(in: site.folder)
        if let known = try await site.store.metrics(
            run: work.runID.rawValue,
            modelSHA256: work.modelSHA256.rawValue
        ), case let kept = try JSONValue(parsing: Array(known.utf8)),
            kept["profile"]?.stringValue == profile, let metrics = kept["metrics"]
        {
            return metrics
        }
        let model = try await fetch(work.modelSHA256, work.modelBytes, work.planSHA256)
        let own = try await states.privateTensors(of: work.runID, plan)
        let federated = try Self.read(model, with: own)
        let baseline = try await baseline(work, plan, round: round, heartbeat)
        let (emit, schedule) = (site.emit, site.schedule)
        let scorer = SiteScorer(
            plan: plan,
            profile: site.profile,
            policy: rules,
            exams: try await exams(of: plan, split: .test),
            report: { done, total in
                if schedule.isTrainingClosed { throw TrainingHoursEnded() }
                emit(.scoring(done: done, total: total))
                heartbeat.note(.scoring, fraction: Double(done) / Double(max(total, 1)))
            }
        )
        let siteID = site.enrolment.siteID
        let intake = try await site.intakeCounts(for: plan)
        let comparison = try await site.compute(named: "scoring") {
            try scorer.compare(
                siteID: siteID,
                federated: federated,
                localOnly: baseline,
                intake: intake
            )
        }
        let metrics = try CanonicalEncoder().jsonValue(of: comparison)
        try await site.store.saveMetrics(
            run: work.runID.rawValue,
            modelSHA256: work.modelSHA256.rawValue,
            document: String(
                decoding: JSONValue.object(["profile": .string(profile), "metrics": metrics])
                    .canonicalBytes,
                as: UTF8.self
            )
        )
        CrashPoint.scoresSaved.pass()
        return metrics
    }

    /// The site's score of the model that a round begins with; nil where the plan does not ask.
    func score(
        ofModel model: URL,
        _ own: NamedTensors?,
        _ plan: Plan,
        _ heartbeat: Heartbeat
    ) async throws -> Double? {
        guard plan.selection?.needsScores ?? false else { return nil }
        let schedule = site.schedule
        let scorer = SiteScorer(
            plan: plan,
            profile: site.profile,
            policy: try await site.policy(),
            exams: try await exams(of: plan, split: .test),
            report: { done, total in
                if schedule.isTrainingClosed { throw TrainingHoursEnded() }
                heartbeat.note(.scoring, fraction: Double(done) / Double(max(total, 1)))
            }
        )
        let parameters = try Self.read(model, with: own)
        return try await site.compute(named: "scoring") {
            try scorer.selectionScore(of: parameters)
        }
    }

    /// A global model with the site's own tensors in it.
    private static func read(_ model: URL, with own: NamedTensors?) throws -> NamedTensors {
        let global = try Safetensors.read(from: model)
        return try own.map(global.replacing) ?? global
    }

    private func baseline(
        _ work: Work.Scoring,
        _ plan: Plan,
        round: RoundNumber,
        _ heartbeat: Heartbeat
    ) async throws -> NamedTensors? {
        guard plan.baseline.localOnly else { return nil }
        let (emit, schedule) = (site.emit, site.schedule)
        let trainer = RoundTrainer(
            folder: site.folder,
            plan: plan,
            siteID: site.enrolment.siteID,
            exams: try await exams(of: plan, split: .train),
            cohort: try await site.cohort().fingerprint,
            checkpointInterval: site.checkpointInterval,
            report: { progress in
                if schedule.isTrainingClosed { throw TrainingHoursEnded() }
                emit(.training(round: 0, fraction: progress.fraction, loss: progress.meanLoss))
                heartbeat.note(
                    .baseline,
                    fraction: progress.fraction,
                    meanLoss: progress.meanLoss
                )
            }
        )
        let parameters = try await site.compute(named: "baseline") {
            try trainer.trainBaseline(rounds: plan.rounds)
        }
        try await site.store.recordBaseline(
            run: work.runID.rawValue,
            modelSHA256: SHA256Digest(hashing: try Safetensors.encode(parameters)).rawValue
        )
        return parameters
    }
}
