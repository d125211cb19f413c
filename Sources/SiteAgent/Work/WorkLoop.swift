import CanonicalJSON
import Federation
import Foundation
import HeadCT
import NeuralNetwork
import SiteStore
import Tensors
import Training
import WireProtocol

/// Asks for work and does it, one piece at a time, until stopped.
package actor WorkLoop {
    private let site: SiteContext
    /// The model that was fetched last, which the next one overwrites.
    private var model: URL?
    private var cohort: (contract: PreprocessingContract, rows: [ExamRow], exams: [TrainingExam])?

    /// Works for a site.
    package init(site: SiteContext) { self.site = site }

    /// Works until the task is cancelled.
    ///
    /// - Throws: ``AgentError`` when the coordinator refuses the site or cannot be reached for long.
    package func run() async throws {
        while !Task.isCancelled {
            guard let work = try await site.client.nextWork(waiting: Limits.longPollSecondsMax)
            else { continue }
            try await perform(work)
        }
    }

    private func perform(_ work: Work) async throws {
        switch work {
        case .reviewPlan(let digest):
            if try await !PlanReview(site: site).review(digest) {
                try await Task.sleep(for: .seconds(2))
            }
        case .train(let work):
            // A coordinator that came back with an older history gets no work done.
            try await site.witness.exchange()
            try await reportingFailure(of: work.runID, work.round, work.planSHA256) {
                try await self.train(work)
            }
        case .score(let work):
            try await site.witness.exchange()
            let last = try await site.approvedPlan(work.planSHA256).rounds
            guard let round = RoundNumber(rawValue: last) else { return }
            try await reportingFailure(of: work.runID, round, work.planSHA256) {
                try await self.score(work, round: round)
            }
        case .runEnded(let run, let outcome):
            site.emit(.runEnded(run: run.rawValue, outcome: outcome))
        }
    }

    private func reportingFailure(
        of run: RunID,
        _ round: RoundNumber,
        _ plan: SHA256Digest,
        _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as AgentError where error.code == .tryAgain || error.code == .unavailable
        {
            throw error
        } catch {
            let kind = Self.kind(of: error).rawValue
            try await site.store.recordFailure(
                run: run.rawValue,
                round: round.rawValue,
                kind: kind
            )
            try await site.client.reportFailure(
                FailureReport(reason: kind, message: "\(error)"),
                run: run,
                round: round,
                plan: plan
            )
        }
    }

    private static func kind(of error: any Error) -> SiteFailure.Kind {
        switch error {
        case is TensorError: .modelUnusable
        case let error as TrainingError where error.code == .noExamples: .dataUnavailable
        default: .trainingFailed
        }
    }

    private func train(_ work: Work.Training) async throws {
        let plan = try await site.approvedPlan(work.planSHA256)
        let outcome = try await trained(work, plan)
        let contribution = outcome.contribution
        try await site.client.upload(
            outcome.delta,
            as: contribution.deltaSHA256,
            plan: work.planSHA256
        )
        let receipt = try await site.client.contribute(
            contribution,
            run: work.runID,
            round: work.round,
            plan: work.planSHA256
        )
        try await site.store.recordDelivery(
            run: work.runID.rawValue,
            number: work.round.rawValue,
            outcome: receipt.status.rawValue
        )
        try? FileManager.default.removeItem(at: outcome.delta)
        try await site.witness.exchange()
        site.emit(
            .contributed(
                round: work.round.rawValue,
                bytes: contribution.bytes,
                seconds: contribution.trainSeconds
            )
        )
    }

    private func trained(
        _ work: Work.Training,
        _ plan: Plan
    ) async throws -> RoundTrainer.Outcome {
        if let outcome = try await finished(work) { return outcome }
        let model = try await fetch(work.modelSHA256, work.modelBytes, work.planSHA256)
        let frozen = try await frozenCohort()
        try await site.store.begin(
            RoundStart(
                run: work.runID.rawValue,
                number: work.round.rawValue,
                plan: work.planSHA256.rawValue,
                modelSHA256: work.modelSHA256.rawValue,
                milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()),
                cohort: frozen.version
            )
        )
        let trainer = RoundTrainer(
            folder: site.folder,
            plan: plan,
            siteID: site.enrolment.siteID,
            exams: try await exams(of: plan, split: .train),
            cohort: frozen.fingerprint,
            report: reporter(round: work.round)
        )
        let outcome = try await ComputeThread.run(named: "training") { _ in
            try trainer.train(round: work.round, from: model)
        }
        try await site.store.save(try row(of: outcome, work))
        return outcome
    }

    /// What was trained before a restart and still lies in the outbox; nil if there is nothing.
    private func finished(_ work: Work.Training) async throws -> RoundTrainer.Outcome? {
        guard
            let row = try await site.store.round(
                run: work.runID.rawValue,
                number: work.round.rawValue
            ),
            let document = row.contribution, row.plan == work.planSHA256.rawValue
        else { return nil }
        let contribution = try WireCodec.decode(
            ContributionRequest.self,
            from: Array(document.utf8)
        )
        let delta = site.folder.delta(contribution.deltaSHA256)
        guard let digest = try? SHA256Digest(ofFile: delta),
            digest == contribution.deltaSHA256
        else { return nil }
        return RoundTrainer.Outcome(delta: delta, contribution: contribution)
    }

    /// The cohort frozen last; freezes what the intake found if none is yet.
    private func frozenCohort() async throws -> CohortRow {
        if let latest = try await site.store.latestCohort() { return latest }
        return try await CohortRegister(store: site.store, folder: site.folder).freeze()
    }

    private func row(
        of outcome: RoundTrainer.Outcome,
        _ work: Work.Training
    ) throws -> RoundRow {
        let contribution = outcome.contribution
        return RoundRow(
            run: work.runID.rawValue,
            number: work.round.rawValue,
            plan: work.planSHA256.rawValue,
            deltaSHA256: contribution.deltaSHA256.rawValue,
            examples: contribution.examples,
            meanLoss: contribution.meanLoss,
            seconds: contribution.trainSeconds,
            contribution: String(decoding: try WireCodec.encode(contribution), as: UTF8.self)
        )
    }

    private func score(_ work: Work.Scoring, round: RoundNumber) async throws {
        let plan = try await site.approvedPlan(work.planSHA256)
        let metrics = try await scored(work, plan, round: round)
        try await site.client.report(
            MetricsReport(modelSHA256: work.modelSHA256, metrics: metrics),
            run: work.runID,
            plan: work.planSHA256
        )
    }

    /// The site's line of the comparison; what was computed before a restart is not computed again.
    private func scored(
        _ work: Work.Scoring,
        _ plan: Plan,
        round: RoundNumber
    ) async throws -> JSONValue {
        // What a changed profile would withhold must not be sent from before the change.
        let profile = try SiteProfile.digest(in: site.folder)
        if let known = try await site.store.metrics(
            run: work.runID.rawValue,
            modelSHA256: work.modelSHA256.rawValue
        ), case let kept = try JSONValue(parsing: Array(known.utf8)),
            kept["profile"]?.stringValue == profile, let metrics = kept["metrics"]
        {
            return metrics
        }
        let model = try await fetch(work.modelSHA256, work.modelBytes, work.planSHA256)
        let federated = try Safetensors.read(from: model)
        let baseline = try await baseline(work, plan, round: round)
        let emit = site.emit
        let scorer = SiteScorer(
            plan: plan,
            profile: site.profile,
            exams: try await exams(of: plan, split: .test),
            report: { emit(.scoring(done: $0, total: $1)) }
        )
        let siteID = site.enrolment.siteID
        let intake = try await site.intakeCounts(for: plan)
        let comparison = try await ComputeThread.run(named: "scoring") { _ in
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
        return metrics
    }

    private func baseline(
        _ work: Work.Scoring,
        _ plan: Plan,
        round: RoundNumber
    ) async throws -> NamedTensors? {
        guard plan.baseline.localOnly else { return nil }
        let emit = site.emit
        let trainer = RoundTrainer(
            folder: site.folder,
            plan: plan,
            siteID: site.enrolment.siteID,
            exams: try await exams(of: plan, split: .train),
            cohort: try await site.cohort().fingerprint,
            report: { emit(.training(round: 0, fraction: $0.fraction, loss: $0.meanLoss)) }
        )
        let parameters = try await ComputeThread.run(named: "baseline") { _ in
            try trainer.trainBaseline(rounds: plan.rounds)
        }
        try await site.store.recordBaseline(
            run: work.runID.rawValue,
            modelSHA256: SHA256Digest(hashing: try Safetensors.encode(parameters)).rawValue
        )
        return parameters
    }

    private func fetch(
        _ digest: SHA256Digest,
        _ bytes: Int,
        _ plan: SHA256Digest
    ) async throws -> URL {
        let url = site.folder.models.appending(path: "\(digest.rawValue).safetensors")
        let old = model
        model = nil
        try await site.client.fetch(digest, bytes: bytes, to: url, plan: plan, replacing: old)
        model = url
        return url
    }

    private func exams(of plan: Plan, split: Split) async throws -> [TrainingExam] {
        let contract = try plan.preprocessingContract()
        let rows = try await site.exams(split, of: plan)
        if let cohort, cohort.contract == contract, cohort.rows == rows { return cohort.exams }
        let loader = CohortLoader(folder: site.folder, contract: contract)
        let exams = try await ComputeThread.run(named: "loading") { _ in try loader.load(rows) }
        cohort = (contract, rows, exams)
        return exams
    }

    private func reporter(round: RoundNumber) -> LocalTrainer.Report {
        let emit = site.emit
        return { progress in
            emit(
                .training(
                    round: round.rawValue,
                    fraction: progress.fraction,
                    loss: progress.meanLoss
                )
            )
        }
    }
}
