import CanonicalJSON
import Evaluation
import Federation
import Foundation
import SiteAgent
import Tensors
import WireProtocol

/// The work of a site that does not train: fetches each model and sends an update of its size.
struct RoundBenchmarkSite {
    let folder: SiteFolder
    let enrolment: SiteEnrolment
    let client: CoordinatorClient

    private var delta: URL { folder.outbox.appending(path: "delta.safetensors") }

    /// Works until the run has ended.
    func work() async throws -> RoundBenchmarkAgent.Report {
        var report = RoundBenchmarkAgent.Report()
        var cpuBefore = 0.0
        var model: URL?
        while true {
            let work = try await client.nextWork(waiting: Limits.longPollSecondsMax)
            let now = Date().timeIntervalSince1970
            switch work {
            case nil: continue
            case .reviewPlan(let plan): try await approve(plan)
            case .train(let training):
                if report.assignments.isEmpty { cpuBefore = try ProcessFigures.own().cpuSeconds }
                report.assignments.append(now)
                let next = folder.models.appending(path: training.modelSHA256.rawValue)
                try await contribute(training, model: next)
                if let model { try FileManager.default.removeItem(at: model) }
                model = next
            case .score(let scoring):
                report.assignments.append(now)
                let figures = try ProcessFigures.own()
                report.cpuSeconds = figures.cpuSeconds - cpuBefore
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

    private func contribute(_ work: Work.Training, model: URL) async throws {
        try await client.fetch(
            work.modelSHA256,
            bytes: work.modelBytes,
            to: model,
            plan: work.planSHA256
        )
        let digest = try makeDelta(like: model, round: work.round)
        try await client.upload(delta, as: digest, plan: work.planSHA256)
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

    /// Before the first round writes a whole delta; then changes one number, and hashes all of it.
    private func makeDelta(like model: URL, round: RoundNumber) throws -> SHA256Digest {
        if !FileManager.default.fileExists(atPath: delta.path) {
            let seed = enrolment.siteID.utf8.reduce(UInt64(1)) { $0 &* 31 &+ UInt64($1) }
            return try BenchmarkModel(like: model).write(to: delta, seed: seed)
        }
        let file = try FileHandle(forUpdating: delta)
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(try BenchmarkModel(like: model).header.headerBytes))
        let number = Float(round.rawValue) / 1_000_000
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
        try file.write(contentsOf: bytes)
        return try SHA256Digest(ofFile: delta)
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
