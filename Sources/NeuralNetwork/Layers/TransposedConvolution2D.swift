internal import CKernels
internal import Tensors

/// Transposed convolution with kernel 2 and stride 2, with bias: doubles height and width.
///
/// y[o, 2r + u, 2c + v] = b[o] + Σ_i w[i, o, u, v] · x[i, r, c], u, v in {0, 1}
///
/// x: [I, H, W]; w: [I, O, 2, 2]; b: [O]; y: [O, 2H, 2W]. It is the backward-data pass of the
/// convolution K with weights w, kernel and stride 2, from O to I channels; so with g = ∂L/∂y,
/// ∂L/∂x = K(g), ∂L/∂w is K's weight gradient for input g and output gradient x, and
/// ∂L/∂b[o] = Σ_{r, c} g[o, r, c].
final class TransposedConvolution2D: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private let kernel: ConvolutionKernel
    private let weight: ParameterShape
    private let bias: VectorParameter
    private var memory: GraphMemory?
    private var addition: GradientAddition?

    /// Between two declared maps, the second twice as high and wide.
    init(
        _ graph: GraphBuilder,
        _ name: String,
        from input: FeatureMap.ID,
        to output: FeatureMap.ID
    ) throws(NeuralNetworkError) {
        let (source, target) = (graph[input], graph[output])
        precondition(
            target.height == 2 * source.height && target.width == 2 * source.width,
            "the output map is not twice the input"
        )
        inputs = [input]
        outputs = [output]
        weight = ParameterShape(
            name: name + ".weight",
            shape: [source.channels, target.channels, 2, 2],
            initialization: .gaussian(fanIn: source.channels, gain: 1)
        )
        bias = VectorParameter(name + ".bias", count: target.channels, start: 0)
        kernel = try ConvolutionKernel(
            graph.context,
            ConvolutionGeometry(
                inputChannels: target.channels,
                outputChannels: source.channels,
                height: target.height,
                width: target.width,
                kernel: 2,
                stride: 2,
                padding: 0
            ),
            inputLayout: graph.context.layout,
            needsInputGradient: true,
            label: name
        )
    }

    var retained: [FeatureMap.ID] { inputs }
    var parameters: [ParameterShape] { [weight, bias.shape] }
    var implementations: [String] { kernel.implementations }

    func bind(_ memory: GraphMemory) throws(NeuralNetworkError) {
        self.memory = memory
        let (input, output) = (inputs[0], outputs[0])
        try unsafe kernel.addBackwardData(
            outputGradient: memory.values(input),
            inputGradient: memory.values(output)
        )
        guard let outputGradient = unsafe memory.gradient(output) else { return }
        try unsafe kernel.addBackwardWeights(
            input: outputGradient,
            outputGradient: memory.values(input)
        )
        guard let inputGradient = unsafe memory.gradient(input) else { return }
        let addition = unsafe GradientAddition(
            memory,
            layer: self,
            input: input,
            gradient: inputGradient
        )
        try unsafe kernel.addForward(input: outputGradient, output: addition.target)
        self.addition = addition
    }

    func load(_ values: NamedTensors) {
        kernel.load(values, name: weight.name)
        bias.load(values)
    }

    func beginBatch() {
        kernel.clearGradient()
        bias.clear()
    }

    func forward() {
        guard let memory else { return }
        kernel.backwardData(0)
        let map = memory[outputs[0]]
        unsafe memory.context.maps.pointee.bias_forward(
            Int64(map.channels),
            Int64(map.pixels),
            bias.values,
            memory.values(outputs[0])
        )
    }

    func backward() {
        guard let memory, let gradient = unsafe memory.gradient(outputs[0]) else { return }
        let map = memory[outputs[0]]
        unsafe memory.context.maps.pointee.bias_backward(
            Int64(map.channels),
            Int64(map.pixels),
            gradient,
            bias.gradient
        )
        kernel.backwardWeights(0)
        guard let addition else { return }
        kernel.forward(0)
        addition.finish()
    }

    func exportGradients(into gradients: inout NamedTensors) {
        kernel.exportGradient(into: &gradients, name: weight.name)
        bias.export(into: &gradients)
    }
}
