package import Tensors

/// Everything that the steps after a step of local training depend on.
package struct TrainingCheckpoint: Sendable {
    /// Steps taken.
    package let step: Int
    /// The sum of their losses.
    package let lossSum: Double
    /// The weights.
    package let parameters: NamedTensors
    /// The optimizer's state.
    package let optimizer: NamedTensors
    /// Where the random numbers are.
    package let generator: SeededGenerator

    /// Makes a checkpoint.
    package init(
        step: Int,
        lossSum: Double,
        parameters: NamedTensors,
        optimizer: NamedTensors,
        generator: SeededGenerator
    ) {
        self.step = step
        self.lossSum = lossSum
        self.parameters = parameters
        self.optimizer = optimizer
        self.generator = generator
    }
}

/// Where a piece of training keeps its checkpoints.
package protocol TrainingCheckpoints: Sendable {
    /// The last one of this very piece of training; nil if there is none.
    func latest() throws -> TrainingCheckpoint?

    /// Whether it is time for another one.
    func isDue(afterStep step: Int) -> Bool

    /// Keeps one durably in place of the last.
    func keep(_ checkpoint: TrainingCheckpoint) throws
}
