package import NeuralNetwork
package import Tensors

/// Trains at one site for one round: the same bits for the same seed, data and thread count.
package struct LocalTrainer: Sendable {
    /// Where training is, told after every step; throwing ends it.
    package typealias Report = @Sendable (_ progress: TrainingProgress) throws -> Void

    private let network: Network
    private let configuration: TrainingConfiguration

    /// Trains `network` as `configuration` says.
    package init(network: Network, configuration: TrainingConfiguration) {
        self.network = network
        self.configuration = configuration
    }

    /// Takes the round's steps from `initial`; the random stream is named by seed and labels.
    ///
    /// With `checkpoints` it goes on from the last one, to the same bits as without a break.
    /// `correction` is added to every gradient: SCAFFOLD's `c − cᵢ`.
    ///
    /// - Throws: ``TrainingError`` `diverged` if the loss is no finite number, or what `report` throws.
    package func train(
        from initial: NamedTensors,
        on set: TrainingSet,
        seed: UInt64,
        stream: [String],
        correction: NamedTensors? = nil,
        checkpoints: (any TrainingCheckpoints)? = nil,
        report: Report
    ) throws -> TrainingResult {
        var generator = SeededGenerator(seed: seed, streamLabels: stream)
        var parameters = initial
        var optimizer = makeOptimizer()
        let steps = configuration.steps(examples: set.count)
        var lossSum = 0.0
        var done = 0
        if let kept = try checkpoints?.latest(), (1...steps).contains(kept.step) {
            (generator, parameters) = (kept.generator, kept.parameters)
            try optimizer.restore(kept.optimizer)
            (lossSum, done) = (kept.lossSum, kept.step)
        }
        while done < steps {
            let step = done + 1
            let batch = (0..<configuration.batchSize).map { _ in
                let place = set.draw(
                    positiveFraction: configuration.positiveFraction,
                    using: &generator
                )
                return set.example(
                    at: place,
                    augmentation: configuration.augmentation,
                    using: &generator
                )
            }
            let result = try network.lossAndGradients(parameters: parameters, batch: batch)
            guard result.loss.isFinite else {
                throw TrainingError(
                    .diverged,
                    "the loss is not finite at step \(step); lower the learning rate"
                )
            }
            var gradients = result.gradients
            if configuration.proximalWeight > 0 {
                let drift = parameters - initial
                gradients = gradients + drift.scaled(by: configuration.proximalWeight)
            }
            if let correction { gradients = gradients + correction }
            try optimizer.step(
                parameters: &parameters,
                gradients: gradients,
                learningRate: configuration.learningRate
            )
            lossSum += result.loss
            done = step
            if step < steps, let checkpoints, checkpoints.isDue(afterStep: step) {
                try checkpoints.keep(
                    TrainingCheckpoint(
                        step: step,
                        lossSum: lossSum,
                        parameters: parameters,
                        optimizer: optimizer.state,
                        generator: generator
                    )
                )
            }
            try report(
                TrainingProgress(step: step, steps: steps, meanLoss: lossSum / Double(step))
            )
        }
        return TrainingResult(
            parameters: parameters,
            meanLoss: lossSum / Double(steps),
            examples: set.count
        )
    }

    private func makeOptimizer() -> any Optimizer {
        switch configuration.optimizer {
        case .sgd(let momentum):
            SGDMomentum(momentum: momentum, weightDecay: configuration.weightDecay)
        case .adam: Adam(weightDecay: configuration.weightDecay)
        }
    }
}
