import NeuralNetwork
import Synchronization
import Tensors
import Testing
import Training

@Suite struct LocalTrainerTests {
    private static let augmentation = SlabAugmentation(
        flip: true,
        rotationDegrees: 10,
        scaleFraction: 0.1,
        shiftMM: 6,
        offsetHU: 3,
        noiseHU: 2
    )

    private static func train(
        seed: UInt64 = 7,
        stream: [String] = ["site-a", "round", "1"],
        threads: Int = 1,
        steps: Int = 6,
        checkpoints: (any TrainingCheckpoints)? = nil,
        optimizer: TrainingConfiguration.Optimizer = .adam,
        report: LocalTrainer.Report = { _ in }
    ) throws -> TrainingResult {
        try LocalTrainer(
            network: SmallNetwork.network(threads: threads),
            configuration: SmallNetwork.configuration(
                steps: steps,
                augmentation: augmentation,
                optimizer: optimizer
            )
        ).train(
            from: SmallNetwork.description.initialParameters(seed: 1),
            on: SmallNetwork.set(),
            seed: seed,
            stream: stream,
            checkpoints: checkpoints,
            report: report
        )
    }

    @Test(arguments: [1, 2])
    func `the same seed and thread count give the same bits`(threads: Int) throws {
        let first = try Self.train(threads: threads)
        let second = try Self.train(threads: threads)
        #expect(first.parameters == second.parameters)
        #expect(first.meanLoss == second.meanLoss && first.meanLoss.isFinite)
        #expect(first.examples == 10)
    }

    @Test func `another seed, site or round gives other bits`() throws {
        let base = try Self.train().parameters
        #expect(try Self.train(seed: 8).parameters != base)
        #expect(try Self.train(stream: ["site-b", "round", "1"]).parameters != base)
        #expect(try Self.train(stream: ["site-a", "round", "2"]).parameters != base)
    }

    @Test func `progress counts every step once`() throws {
        let seen = Mutex<[Int]>([])
        _ = try Self.train(report: { progress in seen.withLock { $0.append(progress.step) } })
        #expect(seen.withLock { $0 } == [1, 2, 3, 4, 5, 6])
    }

    @Test func `a loss that is no number ends training with advice`() throws {
        let trainer = LocalTrainer(
            network: try SmallNetwork.network(),
            configuration: SmallNetwork.configuration(steps: 40, learningRate: 1e30)
        )
        let error = #expect(throws: TrainingError.self) {
            try trainer.train(
                from: SmallNetwork.description.initialParameters(seed: 1),
                on: SmallNetwork.set(),
                seed: 1,
                stream: [],
                report: { _ in }
            )
        }
        #expect(error?.code == .diverged)
        #expect(error?.description.contains("learning rate") == true)
    }

    @Test(arguments: [TrainingConfiguration.Optimizer.adam, .sgd(momentum: 0.9)])
    func `training killed after any step goes on to the same bits`(
        optimizer: TrainingConfiguration.Optimizer
    ) throws {
        let whole = try Self.train(steps: 7, optimizer: optimizer)
        for killedAt in 1...6 {
            let kept = KeptCheckpoints(everySteps: 2)
            #expect(throws: Killed.self) {
                try Self.train(
                    steps: 7,
                    checkpoints: kept,
                    optimizer: optimizer,
                    report: { if $0.step == killedAt { throw Killed() } }
                )
            }
            let steps = Mutex(0)
            let rest = try Self.train(
                steps: 7,
                checkpoints: kept,
                optimizer: optimizer,
                report: { _ in steps.withLock { $0 += 1 } }
            )
            #expect(rest.parameters == whole.parameters, "killed after step \(killedAt)")
            #expect(rest.meanLoss == whole.meanLoss)
            #expect(steps.withLock { $0 } == 7 - killedAt / 2 * 2)
        }
    }

    @Test func `a checkpoint of another piece of training is not gone on from`() throws {
        let kept = KeptCheckpoints(everySteps: 1)
        _ = try Self.train(checkpoints: kept)
        let content = try #require(kept.content)
        #expect(
            TrainingCheckpoint(
                tensors: content.tensors,
                metadata: content.metadata,
                identity: "another"
            ) == nil
        )
    }

    @Test func `without anything known there is nothing to train on`() throws {
        let exam = try BuiltExam().exam()
        let error = #expect(throws: TrainingError.self) { try TrainingSet(exams: [exam]) }
        #expect(error?.code == .noExamples)
    }
}

/// Stands for a killed process.
private struct Killed: Error {}

/// Keeps the last checkpoint in the form in which it would lie on disk.
private final class KeptCheckpoints: TrainingCheckpoints {
    private let everySteps: Int
    private let kept = Mutex<[UInt8]?>(nil)
    private let metadata = Mutex<[String: String]>([:])

    init(everySteps: Int) { self.everySteps = everySteps }

    var content: (tensors: NamedTensors, metadata: [String: String])? {
        guard let bytes = kept.withLock({ $0 }), let tensors = try? Safetensors.decode(bytes) else {
            return nil
        }
        return (tensors, metadata.withLock { $0 })
    }

    func latest() throws -> TrainingCheckpoint? {
        content.flatMap {
            TrainingCheckpoint(tensors: $0.tensors, metadata: $0.metadata, identity: "this")
        }
    }

    func isDue(afterStep step: Int) -> Bool { step.isMultiple(of: everySteps) }

    func keep(_ checkpoint: TrainingCheckpoint) throws {
        let content = checkpoint.content(identity: "this")
        let bytes = try Safetensors.encode(content.tensors, metadata: content.metadata)
        kept.withLock { $0 = bytes }
        metadata.withLock { $0 = content.metadata }
    }
}
