/// How a site trains between two exchanges; the values come from the approved plan.
package struct TrainingConfiguration: Sendable, Hashable {
    /// The update rule.
    package enum Optimizer: Sendable, Hashable {
        /// Stochastic gradient descent with heavy-ball momentum.
        case sgd(momentum: Double)
        /// Adam (Kingma & Ba 2015) with its usual constants.
        case adam
    }

    /// How long a round is.
    package enum Length: Sendable, Hashable {
        /// A number of steps.
        case steps(Int)
        /// A number of passes over the slices.
        case epochs(Int)
    }

    /// The update rule.
    package var optimizer: Optimizer
    /// The step size.
    package var learningRate: Double
    /// L2 penalty added to the gradient.
    package var weightDecay: Double
    /// Slices a step.
    package var batchSize: Int
    /// How long a round is.
    package var length: Length
    /// The share of positive slices in a batch; nil draws as they come.
    package var positiveFraction: Double?
    /// Random variation of slabs.
    package var augmentation: SlabAugmentation
    /// The weight of FedProx's term that holds the weights near those of the round's start; 0: none.
    package var proximalWeight: Double

    /// Sets everything.
    package init(
        optimizer: Optimizer,
        learningRate: Double,
        weightDecay: Double,
        batchSize: Int,
        length: Length,
        positiveFraction: Double?,
        augmentation: SlabAugmentation,
        proximalWeight: Double = 0
    ) {
        self.optimizer = optimizer
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.batchSize = batchSize
        self.length = length
        self.positiveFraction = positiveFraction
        self.augmentation = augmentation
        self.proximalWeight = proximalWeight
    }

    /// Steps of a round over `examples` slices.
    package func steps(examples: Int) -> Int {
        switch length {
        case .steps(let count): count
        case .epochs(let count): count * max(1, (examples + batchSize - 1) / batchSize)
        }
    }
}
