import Federation
import Foundation
import NeuralNetwork
import SiteAgent
import SiteStore
import Synchronization
import Tensors
import TestSupport
import Testing
import Training
import WireProtocol

@Suite struct RoundTrainerTests {
    /// Stands for a killed process.
    private struct Killed: Error {}

    /// The demo's plan, with rounds of six steps.
    private static func plan(compressed: String? = nil) throws -> Plan {
        let file = SharedData.repository.appending(path: "Sites/plan.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/stepsPerRound: [0-9]+/, with: "stepsPerRound: 6")
            .replacing(/batchSize: [0-9]+/, with: "batchSize: 2")
        let form = compressed.map { "\nupdateCompression: \($0)\n" } ?? ""
        return try Plan.parse(yaml: text + form)
    }

    private static func trainer(
        _ site: SmallHospital,
        cohort: String = "cohort",
        compressed: String? = nil,
        report: @escaping LocalTrainer.Report = { _ in }
    ) async throws -> RoundTrainer {
        let plan = try plan(compressed: compressed)
        let rows = try await site.store().exams()
        return RoundTrainer(
            folder: site.folder,
            plan: plan,
            siteID: "small",
            exams: try CohortLoader(
                folder: site.folder,
                contract: plan.preprocessingContract()
            ).load(rows),
            cohort: cohort,
            run: try RunID(validating: "run-0011223344556677"),
            checkpointInterval: .zero,
            report: report
        )
    }

    private static func model(_ site: SmallHospital) throws -> URL {
        let url = site.folder.models.appending(path: "model.safetensors")
        let plan = try plan()
        try Safetensors.write(plan.modelDescription().initialParameters(seed: plan.seed), to: url)
        return url
    }

    @Test func `a round killed at any step ends with the same delta, without repeating steps`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let model = try Self.model(site)
        let whole = try await Self.trainer(site).train(round: .first, from: model).contribution
        for killedAt in [2, 5] {
            // It stays until the delivery is recorded, and would be all there is to do.
            try FileManager.default.removeItem(at: site.folder.checkpoint)
            let dying = try await Self.trainer(site) { if $0.step == killedAt { throw Killed() } }
            #expect(throws: Killed.self) { try dying.train(round: .first, from: model) }
            let steps = Mutex<[Int]>([])
            let next = try await Self.trainer(site) { progress in
                steps.withLock { $0.append(progress.step) }
            }
            let again = try next.train(round: .first, from: model).contribution
            #expect(again.deltaSHA256 == whole.deltaSHA256)
            #expect(again.meanLoss == whole.meanLoss && again.examples == whole.examples)
            #expect(steps.withLock { $0 } == Array(killedAt + 1...6))
        }
    }

    @Test(arguments: [
        "{encoding: int8}", "{encoding: topK, fraction: 0.05}", "{encoding: float16}",
    ])
    func `what compression leaves out is the same after a crash, at every round`(form: String)
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let model = try Self.model(site)
        func train(_ round: Int, killedAt: Int? = nil) async throws -> ContributionRequest {
            let trainer = try await Self.trainer(site, compressed: form) { progress in
                if progress.step == killedAt { throw Killed() }
            }
            let number = try #require(RoundNumber(rawValue: round))
            return try trainer.train(round: number, from: model).contribution
        }
        var whole: [SHA256Digest] = []
        for round in 1...3 { whole.append(try await train(round).deltaSHA256) }
        #expect(Set(whole).count == 3)
        let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.outbox.path)
        let residuals = names.filter { $0.hasPrefix("residual.") }
        #expect(residuals.count == (form.contains("float16") ? 0 : 3))
        for name in residuals {
            try FileManager.default.removeItem(at: site.folder.outbox.appending(path: name))
        }
        try FileManager.default.removeItem(at: site.folder.checkpoint)
        for round in 1...3 {
            await #expect(throws: Killed.self) { _ = try await train(round, killedAt: 4) }
            // Killed between the residual and the database, a round is made twice.
            #expect(try await train(round).deltaSHA256 == whole[round - 1])
            #expect(try await train(round).deltaSHA256 == whole[round - 1])
        }
    }

    @Test func `a checkpoint of another round or cohort is left alone`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let model = try Self.model(site)
        let dying = try await Self.trainer(site) { if $0.step == 3 { throw Killed() } }
        #expect(throws: Killed.self) { try dying.train(round: .first, from: model) }
        for (cohort, round) in [("cohort", RoundNumber.first.next), ("other", .first)] {
            let steps = Mutex(0)
            let trainer = try await Self.trainer(site, cohort: cohort) { _ in
                steps.withLock { $0 += 1 }
            }
            _ = try trainer.train(round: round, from: model)
            #expect(steps.withLock { $0 } == 6)
        }
    }

    @Test func `a baseline goes on in the round and at the step where it stopped`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let whole = try await Self.trainer(site).trainBaseline(rounds: 2)
        try FileManager.default.removeItem(
            at: site.folder.models.appending(path: "baseline.safetensors")
        )
        let total = Mutex(0)
        let dying = try await Self.trainer(site) { _ in
            let count = total.withLock { count in
                count += 1
                return count
            }
            if count == 9 { throw Killed() }
        }
        #expect(throws: Killed.self) { try dying.trainBaseline(rounds: 2) }
        let steps = Mutex<[Int]>([])
        let next = try await Self.trainer(site) { progress in
            steps.withLock { $0.append(progress.step) }
        }
        #expect(try next.trainBaseline(rounds: 2) == whole)
        #expect(steps.withLock { $0 } == [10, 11, 12], "counted over both rounds")
    }
}
