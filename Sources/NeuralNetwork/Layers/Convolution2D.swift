internal import Tensors

/// Cross-correlation over rows and columns, without bias.
///
/// y[o, r, c] = Σ_{i, u, v} w[o, i, u, v] · x[i, r·s + u − p, c·s + v − p]
///
/// x: [I, H, W]; w: [O, I, k, k]; y: [O, (H + 2p − k)/s + 1, ...]. With g = ∂L/∂y,
/// ∂L/∂x is the transposed convolution of g by w, and
/// ∂L/∂w[o, i, u, v] = Σ_{r, c} g[o, r, c] · x[i, r·s + u − p, c·s + v − p].
final class Convolution2D: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]
    let parameters: [ParameterShape]

    private let kernel: ConvolutionKernel
    private let needsInputGradient: Bool
    private var addition: GradientAddition?

    /// A convolution between two declared maps; the output's extents follow from the geometry.
    ///
    /// `needsInputGradient`: false for the first layer, whose backward-data pass would
    ///   be oneDNN's reference loop and is never needed.
    init(
        _ graph: GraphBuilder,
        _ name: String,
        from input: FeatureMap.ID,
        to output: FeatureMap.ID,
        kernel size: Int,
        stride: Int = 1,
        padding: Int,
        needsInputGradient: Bool = true
    ) throws(NeuralNetworkError) {
        let (source, target) = (graph[input], graph[output])
        precondition(source.depth == 1 && target.depth == 1, "a 2D convolution has no depth")
        let geometry = ConvolutionGeometry(
            inputChannels: source.channels,
            outputChannels: target.channels,
            height: source.height,
            width: source.width,
            kernel: size,
            stride: stride,
            padding: padding
        )
        precondition(
            geometry.outputHeight == target.height && geometry.outputWidth == target.width,
            "the output map does not fit the convolution"
        )
        inputs = [input]
        outputs = [output]
        parameters = [
            ParameterShape(
                name: name + ".weight",
                shape: [target.channels, source.channels, size, size],
                initialization: .gaussian(fanIn: source.channels * size * size, gain: 2)
            )
        ]
        self.needsInputGradient = needsInputGradient
        kernel = try ConvolutionKernel(
            graph.context,
            geometry,
            inputLayout: source.form == .plain ? .plain : graph.context.layout,
            needsInputGradient: needsInputGradient,
            label: name
        )
    }

    var retained: [FeatureMap.ID] { inputs }
    var implementations: [String] { kernel.implementations }

    func bind(_ memory: GraphMemory) throws(NeuralNetworkError) {
        let (input, output) = (inputs[0], outputs[0])
        try unsafe kernel.addForward(input: memory.values(input), output: memory.values(output))
        guard let outputGradient = unsafe memory.gradient(output) else { return }
        try unsafe kernel.addBackwardWeights(
            input: memory.values(input),
            outputGradient: outputGradient
        )
        guard needsInputGradient, let inputGradient = unsafe memory.gradient(input) else { return }
        let addition = unsafe GradientAddition(
            memory,
            layer: self,
            input: input,
            gradient: inputGradient
        )
        try unsafe kernel.addBackwardData(
            outputGradient: outputGradient,
            inputGradient: addition.target
        )
        self.addition = addition
    }

    func load(_ values: NamedTensors) {
        kernel.load(values, name: parameters[0].name)
    }

    func beginBatch() { kernel.clearGradient() }

    func forward() { kernel.forward(0) }

    func backward() {
        kernel.backwardWeights(0)
        guard let addition else { return }
        kernel.backwardData(0)
        addition.finish()
    }

    func exportGradients(into gradients: inout NamedTensors) {
        kernel.exportGradient(into: &gradients, name: parameters[0].name)
    }
}
