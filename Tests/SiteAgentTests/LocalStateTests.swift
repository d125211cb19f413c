import Federation
import Foundation
import NeuralNetwork
import SiteAgent
import SiteStore
import Tensors
import TestSupport
import Testing
import Training
import WireProtocol

/// What stays at a site from round to round: control variates and private tensors.
@Suite struct LocalStateTests {
    private static func plan(_ aggregation: String) throws -> Plan {
        let file = SharedData.repository.appending(path: "Sites/plan.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/stepsPerRound: [0-9]+/, with: "stepsPerRound: 3")
            .replacing(/batchSize: [0-9]+/, with: "batchSize: 2")
            .replacing("optimizer: adam", with: "optimizer: sgd")
            .replacing("strategy: fedavg\n  weighting: examples", with: aggregation)
        return try Plan.parse(yaml: text)
    }

    private static func trainer(_ site: SmallHospital, _ plan: Plan) async throws -> RoundTrainer {
        RoundTrainer(
            folder: site.folder,
            plan: plan,
            siteID: "small",
            exams: try CohortLoader(
                folder: site.folder,
                contract: plan.preprocessingContract()
            ).load(try await site.store().exams()),
            cohort: "cohort",
            report: { _ in }
        )
    }

    private static func file(_ tensors: NamedTensors, _ site: SmallHospital) throws -> URL {
        let url = site.folder.models.appending(path: "\(UUID().uuidString).safetensors")
        try Safetensors.write(tensors, to: url)
        return url
    }

    private static func kept(
        _ kind: TrainingStateRow.Kind,
        _ outcome: RoundTrainer.Outcome,
        _ site: SmallHospital
    ) throws -> NamedTensors {
        let digest = try #require(outcome.states[kind])
        return try Safetensors.read(
            from: site.folder.trainingState.appending(path: "\(digest.rawValue).safetensors")
        )
    }

    /// The coordinator's side with one site: its control variate is that of the site.
    @Test func `the coordinator's control variate is the mean of the sites', round after round`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let plan = try Self.plan("strategy: scaffold")
        let strategy = plan.makeStrategy(sitesInRun: 1)
        let run = try RunID(validating: "run-1")
        var model = try Self.file(plan.modelDescription().initialParameters(seed: 1), site)
        var state = LocalState()
        var drift = 0.0
        for number in 1...3 {
            let round = try #require(RoundNumber(rawValue: number))
            let outcome = try await Self.trainer(site, plan)
                .train(round: round, from: model, with: state)
            let examples = outcome.contribution.examples
            let files = StrategyState(folder: site.folder.models, run: run, round: round)
            let next = site.folder.models.appending(path: "next-\(number).safetensors")
            _ = try strategy.aggregate(
                [
                    WeightedUpdate(
                        site: try SiteID(validating: "small"),
                        file: outcome.delta,
                        weight: 1,
                        steps: plan.localTraining.steps(examples: examples)
                    )
                ],
                onto: model,
                writing: next,
                state: files
            )
            let own = try Self.kept(.control, outcome, site)
            let federation = try Safetensors.read(from: files.next(Scaffold.controlName))
            #expect((own - federation).l2Norm <= 1e-5 * own.l2Norm && own.l2Norm > 0)
            drift = own.l2Norm
            state.control = own
            state.federationControl = federation
            model = next
        }
        #expect(drift > 0)
        // With one site there is no drift to correct: the same bits as plain averaging.
        let plain = try await Self.trainer(site, Self.plan("strategy: scaffold"))
            .train(round: .first, from: model, with: LocalState())
        var equal = LocalState()
        equal.control = state.control
        equal.federationControl = state.control
        let corrected = try await Self.trainer(site, plan)
            .train(round: .first, from: model, with: equal)
        #expect(plain.contribution.deltaSHA256 == corrected.contribution.deltaSHA256)
        equal.control = state.control?.scaled(by: -1)
        let other = try await Self.trainer(site, plan)
            .train(round: .first, from: model, with: equal)
        #expect(other.contribution.deltaSHA256 != plain.contribution.deltaSHA256)
    }

    @Test func `private tensors are in no update, go on at the site, and enter the next round`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let initial = try Self.plan("strategy: fedavg").modelDescription()
            .initialParameters(seed: 1)
        let pattern = try #require(initial.names.first)
        let plan = try Self.plan("strategy: fedavg\n  privateTensors: [\"\(pattern)\"]")
        let model = try Self.file(initial, site)
        let first = try await Self.trainer(site, plan).train(round: .first, from: model)
        let delta = try Safetensors.read(from: first.delta)
        #expect(delta.names == Array(initial.names.dropFirst()))
        let own = try Self.kept(.private, first, site)
        #expect(own.names == [pattern] && own[pattern] != initial[pattern])
        var state = LocalState()
        state.privateTensors = own
        let again = try await Self.trainer(site, plan)
            .train(round: .first, from: model, with: state)
        #expect(again.contribution.deltaSHA256 != first.contribution.deltaSHA256)
    }

    @Test
    func `a control variate goes on only from rounds that counted, a private tensor from all`()
        async throws
    {
        let site = try await SmallHospital()
        let store = try site.store()
        let plan = String(repeating: "a", count: 64)
        try await store.save(plan: plan, document: Array("{}".utf8), at: 1)
        func digest(_ text: String) -> String { SHA256Digest(hashing: Array(text.utf8)).rawValue }
        for (number, outcome) in [(1, "accepted"), (2, "rejected"), (3, "late")] {
            try await store.save(
                RoundRow(
                    run: "run-1",
                    number: number,
                    plan: plan,
                    deltaSHA256: digest("delta \(number)"),
                    examples: 1,
                    meanLoss: 1,
                    seconds: 1
                ),
                states: TrainingStateRow.Kind.allCases.map {
                    TrainingStateRow(
                        run: "run-1",
                        number: number,
                        kind: $0,
                        sha256: digest("\($0) \(number)")
                    )
                }
            )
            func newest(_ kind: TrainingStateRow.Kind) async throws -> Int? {
                try await store.trainingState(kind, run: "run-1", before: number + 1)?.number
            }
            // Until it is answered, a round may have to be trained again from what was before.
            #expect(try await newest(.control) == (number == 1 ? nil : 1))
            #expect(try await newest(.private) == number)
            try await store.recordDelivery(
                run: "run-1",
                number: number,
                outcome: outcome,
                reason: outcome == "rejected" ? "norm-above-limit" : nil
            )
            #expect(try await newest(.control) == 1)
            try await store.retireTrainingStates(run: "run-1", through: number)
            #expect(
                try await store.trainingStateDigests()
                    == [digest("control 1"), digest("private \(number)")]
            )
        }
        #expect(try await store.round(run: "run-1", number: 2)?.reason == "norm-above-limit")
        try await store.retireControls(run: "run-1")
        #expect(try await store.trainingStateDigests() == [digest("private 3")])
    }
}
