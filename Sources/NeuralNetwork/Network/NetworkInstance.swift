internal import CKernels
internal import Tensors

/// One worker's network for one input size: runner, ports and losses.
@safe
final class NetworkInstance {
    let height: Int
    let width: Int

    /// The oneDNN implementations, for the record.
    var implementations: [String] { runner.implementations }

    private let runner: GraphRunner
    private let ports: NetworkPorts
    private let labelLoss: SigmoidCrossEntropy
    private let maskLoss: MaskLoss
    private let objective: ObjectiveWeights
    private let labelCount: Int

    init(
        _ description: ModelDescription,
        precision: Precision,
        objective: ObjectiveWeights,
        height: Int,
        width: Int
    ) throws(NeuralNetworkError) {
        self.height = height
        self.width = width
        let context = try EngineContext(
            precision: precision,
            channelCounts: description.channelCounts
        )
        let graph = GraphBuilder(context)
        ports = try description.architecture.build(graph, height: height, width: width)
        runner = try GraphRunner(
            graph,
            inputs: [ports.input],
            outputs: Set([ports.labels] + (ports.mask.map { [$0] } ?? []))
        )
        self.objective = objective
        labelCount = description.labelCount
        labelLoss = SigmoidCrossEntropy(
            weights: [objective.anyLabel] + [Double](repeating: 1, count: labelCount - 1)
        )
        maskLoss = MaskLoss(context, pixels: height * width, weights: objective)
    }

    /// Takes the parameters and forgets the gradients of the batch before.
    func begin(_ parameters: NamedTensors) {
        runner.load(parameters)
        runner.beginBatch()
    }

    /// Adds `scale` times one example's gradients to the sums; returns the example's loss.
    func train(_ example: TrainingExample, scale: Double) -> Double {
        runner.write(example.input, to: ports.input, fold: ports.inputFold)
        runner.forward()
        var loss = seedLabels(example, scale: scale)
        if let map = ports.mask { loss += seedMask(example, map, scale: scale) }
        runner.backward()
        return loss
    }

    /// The sums of gradients since `begin`.
    func gradients(like parameters: NamedTensors) -> NamedTensors {
        var gradients = parameters.zeros()
        runner.exportGradients(into: &gradients)
        return gradients
    }

    /// What the network says about one input.
    func predict(_ input: Tensor) -> Prediction {
        runner.write(input, to: ports.input, fold: ports.inputFold)
        runner.forward()
        let labels = runner.read(ports.labels).values.map {
            Float(SigmoidCrossEntropy.sigmoid(Double($0)))
        }
        return Prediction(maskProbabilities: maskProbabilities(), classProbabilities: labels)
    }

    private func maskProbabilities() -> Tensor {
        guard let map = ports.mask else { return Tensor(shape: [0, 0]) }
        return unsafe Tensor(shape: [height, width]) { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe runner.context.arrays.pointee.sigmoid(
                Int64(buffer.count),
                runner.memory.floats(map),
                base
            )
        }
    }

    private func seedLabels(_ example: TrainingExample, scale: Double) -> Double {
        let result = labelLoss.evaluate(
            logits: runner.read(ports.labels).values,
            targets: Array(example.labels.prefix(labelCount))
        )
        let gradient = unsafe runner.memory.floatGradient(ports.labels)
        for (index, value) in result.gradient.enumerated() {
            unsafe gradient[index] = Float(scale * objective.labels * value)
        }
        return objective.labels * result.loss
    }

    private func seedMask(
        _ example: TrainingExample,
        _ map: FeatureMap.ID,
        scale: Double
    ) -> Double {
        let gradient = unsafe runner.memory.floatGradient(map)
        guard let mask = example.mask else {
            unsafe gradient.update(repeating: 0, count: height * width)
            return 0
        }
        return unsafe mask.withUnsafeBuffer { buffer in
            guard let target = buffer.baseAddress else { return 0 }
            return unsafe maskLoss.evaluate(
                logits: runner.memory.floats(map),
                target: target,
                gradient: gradient,
                scale: scale
            )
        }
    }
}
