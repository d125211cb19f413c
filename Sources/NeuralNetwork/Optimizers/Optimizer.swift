package import Tensors

/// Turns gradients into steps of the parameters.
package protocol Optimizer: Sendable {
    /// Takes one step in place.
    ///
    /// - Throws: `parametersMismatch` if names or shapes differ from the parameters' or from those
    ///   of the steps before.
    mutating func step(
        parameters: inout NamedTensors,
        gradients: NamedTensors,
        learningRate: Double
    ) throws(NeuralNetworkError)

    /// What must be kept to go on later with the same steps; empty before the first.
    var state: NamedTensors { get }

    /// Goes on from a kept state.
    ///
    /// - Throws: `parametersMismatch` if it is no state of this optimizer.
    mutating func restore(_ state: NamedTensors) throws(NeuralNetworkError)
}
