import NeuralNetwork
import Tensors

/// Times whole training steps: forward, loss, backward and SGD with momentum on random input.
///
/// `m1` and `m2` have the sizes and batches of the PyTorch reference (16 slices of 3 x 256 x 256, two
/// slabs of 5 x 256 x 256); `hybrid` has those of the demo (8 slabs of 3 x 5 x 64 x 64).
struct TrainBenchmark {
    /// Which model.
    enum Model: String, CaseIterable {
        case m1, m2, hybrid
    }

    /// What was measured.
    struct Result: Encodable {
        let model: String
        let precision: String
        let threads: Int
        let batch: Int
        let size: Int
        let steps: Int

        /// Median, least and greatest milliseconds of a step.
        let medianMS: Double
        let minimumMS: Double
        let maximumMS: Double

        /// Milliseconds of the first step, with the compilation of the loops.
        let firstMS: Double

        /// The process's greatest resident memory.
        let peakMiB: Double

        /// The losses of the first and the last step.
        let firstLoss: Double
        let lastLoss: Double

        let engine: EngineRecord

        private enum CodingKeys: String, CodingKey {
            case model, precision, threads, batch, size, steps, engine
            case medianMS = "median_ms"
            case minimumMS = "minimum_ms"
            case maximumMS = "maximum_ms"
            case firstMS = "first_ms"
            case peakMiB = "peak_mib"
            case firstLoss = "first_loss"
            case lastLoss = "last_loss"
        }
    }

    var model: Model
    var precision: Precision = .float32
    var threads = 2

    /// Steps that are timed, after two that are not.
    var steps = 7

    /// Height and width; nil for the model's own.
    var size: Int?

    /// Runs the steps.
    func run() throws -> Result {
        let description = description
        let network = try Network(
            description: description,
            threads: threads,
            precision: precision
        )
        var parameters = try description.initialParameters(seed: 1)
        var optimizer = SGDMomentum(momentum: 0.9)
        let extent = size ?? (model == .hybrid ? 64 : 256)
        let batch = examples(description, size: extent)
        var milliseconds: [Double] = []
        var losses: [Double] = []
        for _ in 0..<steps + 2 {
            let start = ContinuousClock.now
            let result = try network.lossAndGradients(parameters: parameters, batch: batch)
            try optimizer.step(
                parameters: &parameters,
                gradients: result.gradients,
                learningRate: 0.01
            )
            milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
            losses.append(result.loss)
        }
        let timed = milliseconds.dropFirst(2).sorted()
        return Result(
            model: model.rawValue,
            precision: precision.rawValue,
            threads: threads,
            batch: batch.count,
            size: extent,
            steps: steps,
            medianMS: timed[timed.count / 2],
            minimumMS: timed[0],
            maximumMS: timed[timed.count - 1],
            firstMS: milliseconds[0],
            peakMiB: try ProcessFigures.own().peakMiB,
            firstLoss: losses[0],
            lastLoss: losses[losses.count - 1],
            engine: network.record
        )
    }

    private var description: ModelDescription {
        switch model {
        case .m1: .m1(SliceClassifierModel())
        case .m2: .m2(SlabUNetModel())
        case .hybrid:
            // The demo's channels are no multiples of 16, which bf16 needs.
            .hybrid(HybridModel(channels: precision == .bfloat16 ? [16, 32, 64] : [8, 16, 32]))
        }
    }

    private func examples(_ description: ModelDescription, size: Int) -> [TrainingExample] {
        let (channels, depth) = description.inputShape
        let count =
            switch model {
            case .m1: 16
            case .m2: 2
            case .hybrid: 8
            }
        var generator = SeededGenerator(seed: 1, stream: "benchmark")
        return (0..<count).map { _ in
            let elements = channels * depth * size * size
            let input = (0..<elements).map { _ in Float(generator.nextGaussian()) }
            let mask = (0..<size * size).map { _ in
                generator.nextUniform() > 0.95 ? Float(1) : 0
            }
            return TrainingExample(
                input: Tensor(shape: [channels, depth, size, size], values: input),
                mask: Tensor(shape: [size, size], values: mask),
                labels: (0..<6).map { _ in generator.nextUniform() > 0.8 ? 1 : 0 }
            )
        }
    }
}
