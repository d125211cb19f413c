/// What a site does with the global model in one round (`localTraining` of the plan).
package struct LocalTraining: Sendable, Hashable, Codable {
    /// How gradients become steps.
    package enum Optimizer: String, Sendable, Hashable, Codable, CaseIterable {
        case sgd
        case adam
    }

    /// The optimizer; its state starts anew each round.
    package var optimizer: Optimizer
    /// The step size, above 0.
    package var learningRate: Double
    /// Momentum of SGD, 0 to below 1; not used by Adam.
    package var momentum: Double
    /// Decoupled from the loss for Adam, added to the gradient for SGD.
    package var weightDecay: Double
    /// Examples in a step.
    package var batchSize: Int
    /// Steps a round; nil if `epochs` is given.
    package var stepsPerRound: Int?
    /// Passes over the local training slices a round; nil if `stepsPerRound` is given.
    package var epochs: Int?
    /// Worker threads; part of what fixes the bits of the result.
    package var threads: Int
    /// The share of a batch drawn from slices with haemorrhage; nil samples slices evenly.
    package var positiveSliceFraction: Double?
    /// Random changes of the training examples.
    package var augment: Augmentation
    /// The weights of the terms of the loss.
    package var lossWeights: LossWeights

    init(reading reader: inout SectionReader) {
        optimizer = reader.choice("optimizer")
        learningRate = reader.number("learningRate", in: 0...10, aboveLower: true)
        momentum = reader.number("momentum", in: 0...0.9999, default: 0)
        weightDecay = reader.number("weightDecay", in: 0...1, default: 0)
        batchSize = reader.integer("batchSize", in: 1...4096)
        stepsPerRound =
            reader.has("stepsPerRound") ? reader.integer("stepsPerRound", in: 1...1_000_000) : nil
        epochs = reader.has("epochs") ? reader.integer("epochs", in: 1...1000) : nil
        threads = reader.integer("threads", in: 1...256)
        positiveSliceFraction = reader.optionalNumber("positiveSliceFraction", in: 0...1)
        augment = reader.optionalSection("augment", Augmentation.init(reading:))
        lossWeights = reader.optionalSection("lossWeights", LossWeights.init(reading:))
        checkLength(reader)
    }

    /// The steps of a round over so many training slices.
    package func steps(examples: Int) -> Int {
        stepsPerRound ?? (epochs ?? 1) * max(1, (examples + batchSize - 1) / batchSize)
    }

    private func checkLength(_ reader: SectionReader) {
        if stepsPerRound == nil && epochs == nil {
            reader.report(.missing, "stepsPerRound", "is missing (or give epochs)")
        } else if stepsPerRound != nil && epochs != nil {
            reader.report(.inconsistent, "epochs", "give either stepsPerRound or epochs, not both")
        }
        if optimizer == .adam && momentum != 0 {
            reader.report(.inconsistent, "momentum", "is for sgd; adam has its own moments")
        }
    }
}
