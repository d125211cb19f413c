import CanonicalJSON
import Evaluation
import Federation
import Foundation
import SiteAgent
import WireProtocol

/// The work of a site that does not train: fetches each model and sends an update of its size.
struct BenchmarkSite {
    let folder: SiteFolder
    let enrolment: SiteEnrolment
    let client: CoordinatorClient

    let update: BenchmarkUpdate

    /// Works until the run has ended.
    func work() async throws -> BenchmarkAgents.Report {
        var report = BenchmarkAgents.Report()
        var model: URL?
        while true {
            let work = try await client.nextWork(waiting: Limits.longPollSecondsMax)
            let now = Date().timeIntervalSince1970
            switch work {
            case nil: continue
            case .reviewPlan(let plan): try await approve(plan)
            case .train(let training):
                if report.assignments.isEmpty {
                    report.cpuSeconds[0] = try ProcessFigures.own().cpuSeconds
                }
                report.assignments.append(now)
                let next = folder.models.appending(path: training.modelSHA256.rawValue)
                try await contribute(training, model: next, replacing: model, &report)
                model = next
            case .score(let scoring):
                report.assignments.append(now)
                let figures = try ProcessFigures.own()
                report.cpuSeconds[1] = figures.cpuSeconds
                report.peakMiB = figures.peakMiB
                try await score(scoring)
            case .runEnded: return report
            }
        }
    }

    private func approve(_ digest: SHA256Digest) async throws {
        _ = try await client.plan(digest)
        try await client.answer(
            plan: digest,
            PlanAnswer(decision: .approved, by: "benchmark", exams: 10, positiveExams: 5)
        )
    }

    private func contribute(
        _ work: Work.Training,
        model: URL,
        replacing old: URL?,
        _ report: inout BenchmarkAgents.Report
    ) async throws {
        let start = ContinuousClock.now
        try await client.fetch(
            work.modelSHA256,
            bytes: work.modelBytes,
            to: model,
            plan: work.planSHA256,
            replacing: old
        )
        report.fetchSeconds.append((ContinuousClock.now - start) / .seconds(1))
        let digest = try update.make(for: work.round)
        let uploadStart = ContinuousClock.now
        try await client.upload(update.file, as: digest, plan: work.planSHA256)
        report.uploadSeconds.append((ContinuousClock.now - uploadStart) / .seconds(1))
        let receipt = try await client.contribute(
            ContributionRequest(
                deltaSHA256: digest,
                bytes: work.modelBytes,
                examples: 100,
                meanLoss: 0.5,
                exams: 10,
                positiveExams: 5,
                trainSeconds: 0,
                engine: .init(name: "none", version: "0", isa: "none", threads: 1)
            ),
            run: work.runID,
            round: work.round,
            plan: work.planSHA256
        )
        guard receipt.status == .accepted else {
            throw BenchmarkFailure("the update was \(receipt.status) \(receipt.reason ?? "")")
        }
    }

    private func score(_ work: Work.Scoring) async throws {
        let comparison = SiteComparison(id: enrolment.siteID, name: enrolment.siteID)
        try await client.report(
            MetricsReport(
                modelSHA256: work.modelSHA256,
                metrics: try CanonicalEncoder().jsonValue(of: comparison)
            ),
            run: work.runID,
            plan: work.planSHA256
        )
    }
}
