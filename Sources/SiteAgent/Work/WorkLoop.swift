import CanonicalJSON
import Durability
import Federation
import Foundation
import HeadCT
import NeuralNetwork
import ProcessResources
import SiteStore
import Tensors
import Training
import WireProtocol

/// Asks for work and does it, one piece at a time, until stopped.
package actor WorkLoop {
    let site: SiteContext
    /// The model that was fetched last, which the next one overwrites.
    private var model: URL?
    private var control: URL?
    private var cohorts: [Split: Cohort] = [:]

    /// Exams that were loaded, and what for.
    private struct Cohort {
        let contract: PreprocessingContract
        let rows: [ExamRow]
        let exams: [TrainingExam]
    }

    /// The weights of runs that stay here.
    var states: LocalStateFiles { LocalStateFiles(folder: site.folder, store: site.store) }

    /// Works for a site.
    package init(site: SiteContext) { self.site = site }

    /// Works until the task is cancelled; a coordinator that is away is waited for.
    ///
    /// - Throws: ``AgentError`` `refused-by-policy` when the coordinator refuses the site.
    package func run() async throws {
        while try await !site.attempt({ try await Outbox(site: self.site).sendWaiting() }) {}
        while !Task.isCancelled {
            _ = try await site.attempt {
                let seconds = Limits.longPollSecondsMax
                guard let work = try await self.site.client.nextWork(waiting: seconds) else {
                    return
                }
                try await self.perform(work)
                // Until there is more to do, the hospital's machine has it back.
                try await BlockingThreads.run { ProcessMemory.releaseUnused() }
            }
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
            try await reportingFailure(of: work.runID, work.round, work.planSHA256, rounds: 1) {
                try await self.train(work)
            }
        case .score(let work):
            try await site.witness.exchange()
            let last = try await site.approvedPlan(work.planSHA256).rounds
            guard let round = RoundNumber(rawValue: last) else { return }
            try await reportingFailure(of: work.runID, round, work.planSHA256, rounds: 0) {
                try await self.score(work, round: round)
            }
        case .runEnded(let run, let outcome):
            ResidualFiles(site.folder, run).removeAll()
            try await site.store.retireControls(run: run.rawValue)
            try await states.sweep()
            site.emit(.runEnded(run: run.rawValue, outcome: outcome))
        }
    }

    /// Does a piece of work if the site's policy allows it, and tells the coordinator why not.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - round: The round; the last one while scoring.
    ///   - plan: The plan.
    ///   - rounds: How many rounds under the plan the work adds.
    ///   - body: The work.
    /// - Throws: ``AgentError`` of what passes by itself, or when the policy cannot be read.
    private func reportingFailure(
        of run: RunID,
        _ round: RoundNumber,
        _ plan: SHA256Digest,
        rounds: Int,
        _ body: () async throws -> Void
    ) async throws {
        func policyStops() async throws -> Bool {
            guard
                let objection = try await site.objection(
                    to: site.approvedPlan(plan),
                    rounds: rounds
                )
            else { return false }
            site.emit(.warning("stopped by policy.yaml, \(objection.atSite)"))
            let reason = objection.refusal.rawValue
            try await site.store.recordFailure(
                run: run.rawValue,
                round: round.rawValue,
                kind: reason
            )
            try await site.client.reportFailure(
                FailureReport(reason: reason, message: objection.atCoordinator),
                run: run,
                round: round,
                plan: plan
            )
            return true
        }
        do {
            if try await policyStops() { return }
            try await body()
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as AgentError
            where [.tryAgain, .unavailable, .badConfiguration].contains(error.code)
        {
            // A policy that cannot be read ends the service: nothing may leave without one.
            throw error
        } catch let error as AgentError where error.code == .refusedByPolicy {
            // The policy may have been tightened while the work was done.
            guard try await !policyStops() else { return }
            try await report(error, run, round, plan)
        } catch let error as StorageFailure where error.step == .sync {
            throw error
        } catch let error as TensorError where error.code == .syncFailed {
            // No failure of the work: the process ends, and the next one goes on from the disk.
            throw error
        } catch {
            try await report(error, run, round, plan)
        }
    }

    private func report(
        _ error: any Error,
        _ run: RunID,
        _ round: RoundNumber,
        _ plan: SHA256Digest
    ) async throws {
        let kind = Self.kind(of: error).rawValue
        try await site.store.recordFailure(run: run.rawValue, round: round.rawValue, kind: kind)
        try await site.client.reportFailure(
            FailureReport(reason: kind, message: "\(error)"),
            run: run,
            round: round,
            plan: plan
        )
    }

    func heartbeat(_ run: RunID, _ round: RoundNumber) -> Heartbeat {
        Heartbeat(site.client, site.schedule, run: run, round: round, phase: .fetching)
    }

    private static func kind(of error: any Error) -> SiteFailure.Kind {
        switch error {
        case is TensorError: .modelUnusable
        case let error as AgentError where error.code == .stateLost: .stateLost
        case let error as TrainingError where error.code == .noExamples: .dataUnavailable
        default: .trainingFailed
        }
    }

    private func train(_ work: Work.Training) async throws {
        let plan = try await site.approvedPlan(work.planSHA256)
        if try await site.isOutsideHours(plan, remainingSeconds: work.remainingSeconds) {
            return try await stayOut(of: work)
        }
        let heartbeat = heartbeat(work.runID, work.round)
        let contribution = try await heartbeat.during {
            let outcome = try await self.trained(work, plan, heartbeat)
            heartbeat.note(.uploading)
            try await Outbox(site: self.site).send(
                Outbox.Update(
                    run: work.runID,
                    round: work.round,
                    plan: work.planSHA256,
                    outcome: outcome
                )
            )
            return outcome.contribution
        }
        try await site.witness.exchange()
        site.emit(
            .contributed(
                round: work.round.rawValue,
                bytes: contribution.bytes,
                seconds: contribution.trainSeconds
            )
        )
    }

    private func stayOut(of work: Work.Training) async throws {
        let reason = RefusalReason.outsideHours.rawValue
        site.emit(.waiting(for: "the next round: this one ends before this site's hours begin"))
        try await site.client.reportFailure(
            FailureReport(
                reason: reason,
                message: "the site's own hours begin after the round's end"
            ),
            run: work.runID,
            round: work.round,
            plan: work.planSHA256
        )
    }

    private func trained(
        _ work: Work.Training,
        _ plan: Plan,
        _ heartbeat: Heartbeat
    ) async throws -> RoundTrainer.Outcome {
        let outbox = Outbox(site: site)
        if let known = try await outbox.update(work.runID, work.round),
            known.plan == work.planSHA256
        {
            return known.outcome
        }
        let model = try await fetch(work.modelSHA256, work.modelBytes, work.planSHA256)
        let control = try await fetchControl(work)
        CrashPoint.modelFetched.pass()
        let state = try await states.state(
            of: work.runID,
            before: work.round,
            plan,
            federationControl: control
        )
        let score = try await score(ofModel: model, state.privateTensors, plan, heartbeat)
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
            run: work.runID,
            disclosure: try site.disclosure(),
            checkpointInterval: site.checkpointInterval,
            report: reporter(round: work.round, heartbeat)
        )
        let outcome = try await site.compute(named: "training") {
            try trainer.train(round: work.round, from: model, with: state, score: score)
        }
        try await site.store.save(
            try row(of: outcome, work),
            states: outcome.states.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                TrainingStateRow(
                    run: work.runID.rawValue,
                    number: work.round.rawValue,
                    kind: $0.key,
                    sha256: $0.value.rawValue
                )
            }
        )
        CrashPoint.trainingSaved.pass()
        return outcome
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

    func fetch(
        _ digest: SHA256Digest,
        _ bytes: Int,
        _ plan: SHA256Digest
    ) async throws -> URL {
        try await site.untilTransfersMayRun()
        let url = site.folder.models.appending(path: "\(digest.rawValue).safetensors")
        let old = model
        model = nil
        try await site.client.fetch(digest, bytes: bytes, to: url, plan: plan, replacing: old)
        model = url
        return url
    }

    /// The federation's control variate, where the plan has one.
    private func fetchControl(_ work: Work.Training) async throws -> URL? {
        guard let digest = work.controlSHA256, let bytes = work.controlBytes else { return nil }
        let url = site.folder.models.appending(path: "\(digest.rawValue).safetensors")
        let old = control
        control = nil
        try await site.client.fetch(
            digest,
            bytes: bytes,
            to: url,
            plan: work.planSHA256,
            replacing: old
        )
        control = url
        return url
    }

    func exams(of plan: Plan, split: Split) async throws -> [TrainingExam] {
        let contract = try plan.preprocessingContract()
        let rows = try await site.exams(split, of: plan)
        if let cohort = cohorts[split], cohort.contract == contract, cohort.rows == rows {
            return cohort.exams
        }
        let loader = CohortLoader(folder: site.folder, contract: contract)
        let exams = try await ComputeThread.run(named: "loading") { _ in try loader.load(rows) }
        // Both splits stay in memory only for plans that need both in every round.
        if !(plan.selection?.needsScores ?? false) { cohorts = [:] }
        cohorts[split] = Cohort(contract: contract, rows: rows, exams: exams)
        return exams
    }

    private func reporter(
        round: RoundNumber,
        _ heartbeat: Heartbeat
    ) -> LocalTrainer.Report {
        let (emit, schedule) = (site.emit, site.schedule)
        return { progress in
            if schedule.isTrainingClosed { throw TrainingHoursEnded() }
            heartbeat.note(
                .training,
                fraction: progress.fraction,
                meanLoss: progress.meanLoss
            )
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
