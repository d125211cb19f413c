package import Tensors

/// What a round of local training gave.
package struct TrainingResult: Sendable {
    /// The local weights.
    package let parameters: NamedTensors
    /// The mean loss over the steps.
    package let meanLoss: Double
    /// The number of slices trained on: the site's weight.
    package let examples: Int
}
