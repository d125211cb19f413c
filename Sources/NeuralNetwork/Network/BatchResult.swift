package import Tensors

/// What one batch gave.
package struct BatchResult: Sendable {
    /// The mean of the examples' losses.
    package let loss: Double

    /// The gradient of `loss` with respect to every parameter.
    package let gradients: NamedTensors

    /// The loss of each example, in the order of the batch.
    package let perExampleLoss: [Double]
}
