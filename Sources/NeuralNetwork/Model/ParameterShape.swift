/// The name, shape and initial distribution of one parameter tensor.
package struct ParameterShape: Sendable, Hashable {
    /// How a parameter starts.
    package enum Initialization: Sendable, Hashable {
        /// Gaussian with mean 0 and variance `gain / fanIn`; gain 2 is He et al. 2015 for ReLU.
        case gaussian(fanIn: Int, gain: Double)

        /// Every element the same.
        case constant(Float)
    }

    /// The name, unique in the model.
    package let name: String

    /// The extents, in PyTorch's order.
    package let shape: [Int]

    /// How it starts.
    package let initialization: Initialization
}
