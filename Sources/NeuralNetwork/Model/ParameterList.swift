/// Collects the parameters of a model without building it.
///
/// The test that compares it with the layers' own parameters keeps the two equal.
struct ParameterList {
    private(set) var shapes: [ParameterShape] = []

    /// Weights of a convolution: output, input, then the kernel's extents.
    mutating func convolution(_ name: String, _ shape: [Int]) {
        let fanIn = shape.dropFirst().reduce(1, *)
        add(name + ".weight", shape, .gaussian(fanIn: fanIn, gain: 2))
    }

    /// Scale and shift of a normalization.
    mutating func normalization(_ name: String, _ channels: Int) {
        add(name + ".weight", [channels], .constant(1))
        add(name + ".bias", [channels], .constant(0))
    }

    /// Weights and bias of a transposed convolution with kernel 2.
    mutating func transposedConvolution(_ name: String, from input: Int, to output: Int) {
        add(name + ".weight", [input, output, 2, 2], .gaussian(fanIn: input, gain: 1))
        add(name + ".bias", [output], .constant(0))
    }

    /// Weights and bias of an output layer.
    mutating func output(_ name: String, _ shape: [Int], prior: Float) {
        add(name + ".weight", shape, .gaussian(fanIn: shape[1], gain: 1))
        add(name + ".bias", [shape[0]], .constant(prior))
    }

    private mutating func add(
        _ name: String,
        _ shape: [Int],
        _ initialization: ParameterShape.Initialization
    ) {
        shapes.append(ParameterShape(name: name, shape: shape, initialization: initialization))
    }
}
