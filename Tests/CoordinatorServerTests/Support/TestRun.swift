import CanonicalJSON
import CoordinatorServer
import CoordinatorStore
import Federation
import Tensors
import WireProtocol

/// A run of a small plan, and what sites send in it.
struct TestRun: Sendable {
    let id: RunID
    let plan: SHA256Digest
    let model: NamedTensors

    /// Queues a run of `sites` over a model of `elements` parameters.
    static func start(
        in federation: TestFederation,
        sites: [TestSite],
        elements: Int = 64,
        rounds: Int = 1,
        deadlineSeconds: Int = 60
    ) async throws -> TestRun {
        let plan = try Plan.parse(
            yaml: text(sites: sites.count, rounds: rounds, deadline: deadlineSeconds)
        )
        let model = try NamedTensors([
            ("w", Tensor(shape: [elements], values: (0..<elements).map { Float($0 % 7) }))
        ])
        let blobs = try BlobDirectory(folder: federation.folder.blobs)
        let store = federation.operations.store
        try await store.submitPlan(
            plan.sha256,
            name: plan.name,
            document: plan.canonicalBytes,
            initialModel: try blobs.store(try Safetensors.encode(model))
        )
        let id = try await federation.operations.startRun(of: plan.sha256, sites: sites.map(\.id))
        return TestRun(id: id, plan: plan.sha256, model: model)
    }

    /// Approves the plan for a site once it is asked.
    func approve(_ site: TestSite) async throws {
        while try await site.work(waiting: 5) != .reviewPlan(plan) { continue }
        let answer = try await site.send(
            .answerPlan,
            Endpoint.answerPlan.path(plan),
            PlanAnswer(decision: .approved, by: "policy", exams: 10, positiveExams: 5)
        )
        precondition(answer.status == 204, "the approval is accepted")
    }

    /// The site's assignment of a round, once there is one.
    func training(of site: TestSite) async throws -> Work.Training {
        while true {
            if case .train(let work) = try await site.work(waiting: 5) { return work }
        }
    }

    /// The bytes of a delta that adds `value` to every parameter.
    func delta(_ value: Float) throws -> [UInt8] {
        let elements = model.tensors[0].count
        return try Safetensors.encode(
            try NamedTensors([
                ("w", Tensor(shape: [elements], values: [Float](repeating: value, count: elements)))
            ])
        )
    }

    /// Sends a contribution whose delta was uploaded.
    func contribute(
        _ bytes: [UInt8],
        from site: TestSite,
        round: RoundNumber,
        examples: Int = 10
    ) async throws -> TestSite.Answer {
        try await site.send(
            .contribute,
            Endpoint.contribute.path(id, round: round),
            ContributionRequest(
                deltaSHA256: SHA256Digest(hashing: bytes),
                bytes: bytes.count,
                examples: examples,
                meanLoss: 0.5,
                exams: 10,
                positiveExams: 5,
                trainSeconds: 1,
                engine: .init(name: "none", version: "0", isa: "none", threads: 1)
            )
        )
    }

    /// A small plan as YAML.
    static func text(sites: Int, rounds: Int, deadline: Int) -> String {
        """
        schema: fed-headct-plan/1
        name: test
        description: A plan of the tests.
        seed: 1
        cohort: {minimumExams: 1, requireMasks: false, splitTestFraction: 0.4, splitSeed: 1}
        preprocessing:
          sliceSpacingMM: 5
          pixelSpacingMM: 4
          gridSize: 64
          slabDepth: 5
          windows: [{name: brain, center: 40, width: 80}]
        model: {architecture: none}
        localTraining:
          optimizer: adam
          learningRate: 0.003
          batchSize: 8
          stepsPerRound: 1
          threads: 1
          positiveSliceFraction: 0.5
          lossWeights: {maskCrossEntropy: 1, maskDice: 1, labels: 1, anyLabel: 2}
        rounds: \(rounds)
        quorum: {sites: \(sites), examShare: 0.5}
        deadlineSeconds: \(deadline)
        aggregation: {strategy: fedavg, weighting: examples}
        metrics:
          allowed: [trainingLoss]
          threshold: 0.5
          volumeStrataML: [0.1]
          scorePooling: {method: topMean, topSlices: 3}
        """
    }
}
