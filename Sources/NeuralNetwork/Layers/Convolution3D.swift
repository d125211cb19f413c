internal import CKernels
internal import Tensors

/// Cross-correlation that collapses depth: kernel k over depth without padding, as 2D on slices.
///
/// y[o, d, r, c] = Σ_{i, t, u, v} w[o, i, t, u, v] · x[i, d + t, r·s + u − p, c·s + v − p]
///
/// x: [I, D, H, W]; w: [O, I, k, k', k']; y: [O, D − k + 1, ...]. Maps have depth outermost, so the
/// k slices under one output slice are one 2D image of k·I channels: the sum over (t, i) is the
/// channel sum of a 2D convolution, exactly. Its weights are w with (t, i) as one axis. Gradients
/// of the weights add up over d, those of the input where slices overlap.
///
/// A *folded* input already holds, per output slice, its own k·I channels; a stem reads such a
/// map so that three windows need not be padded to a block in each of the k slices.
final class Convolution3D: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]
    let parameters: [ParameterShape]

    private let kernel: ConvolutionKernel
    private let weights: FoldedWeights
    private let foldedChannels: Int
    private let isFolded: Bool
    private let needsInputGradient: Bool
    private var backwardData: OverlapAddition?

    /// A convolution between two declared maps.
    ///
    /// `isFolded`: whether the input map already has k·I channels at each of the output's
    ///   depths.
    init(
        _ graph: GraphBuilder,
        _ name: String,
        from input: FeatureMap.ID,
        to output: FeatureMap.ID,
        kernel size: Int,
        kernelDepth: Int,
        stride: Int = 1,
        isFolded: Bool = false,
        needsInputGradient: Bool = true
    ) throws(NeuralNetworkError) {
        let (source, target) = (graph[input], graph[output])
        precondition(
            target.depth == (isFolded ? source.depth : source.depth - kernelDepth + 1),
            "the output map's depth does not fit"
        )
        self.isFolded = isFolded
        self.needsInputGradient = needsInputGradient && !isFolded
        foldedChannels = isFolded ? source.channels : source.channels * kernelDepth
        inputs = [input]
        outputs = [output]
        let block = graph.context.block
        let padded =
            isFolded ? (foldedChannels + block - 1) / block * block : foldedChannels
        weights = FoldedWeights(
            outputChannels: target.channels,
            inputChannels: foldedChannels / kernelDepth,
            depth: kernelDepth,
            area: size * size,
            paddedChannels: padded
        )
        parameters = [
            ParameterShape(
                name: name + ".weight",
                shape: [target.channels, foldedChannels / kernelDepth, kernelDepth, size, size],
                initialization: .gaussian(fanIn: foldedChannels * size * size, gain: 2)
            )
        ]
        kernel = try ConvolutionKernel(
            graph.context,
            ConvolutionGeometry(
                inputChannels: padded,
                outputChannels: target.channels,
                height: source.height,
                width: source.width,
                kernel: size,
                stride: stride,
                padding: size / 2
            ),
            inputLayout: source.form == .plain ? .plain : graph.context.layout,
            needsInputGradient: self.needsInputGradient,
            label: name
        )
    }

    var retained: [FeatureMap.ID] { inputs }
    var implementations: [String] { kernel.implementations }

    func bind(_ memory: GraphMemory) throws(NeuralNetworkError) {
        let (input, output) = (memory[inputs[0]], memory[outputs[0]])
        let block = memory.context.block
        let size = memory.context.elementBytes
        let sliceChannels =
            input.form == .plain
            ? input.channels : (input.channels + block - 1) / block * block
        let inputStep = sliceChannels * input.pixels * size
        let outputStep = (output.channels + block - 1) / block * block * output.pixels * size
        let gradient = unsafe memory.gradient(outputs[0])
        for d in 0..<output.depth {
            let source = unsafe memory.values(inputs[0]) + d * inputStep
            try unsafe kernel.addForward(
                input: source,
                output: memory.values(outputs[0]) + d * outputStep
            )
            guard let gradient = unsafe gradient else { continue }
            try unsafe kernel.addBackwardWeights(
                input: source,
                outputGradient: gradient + d * outputStep
            )
        }
        guard needsInputGradient, let gradient = unsafe gradient,
            let inputGradient = unsafe memory.gradient(inputs[0])
        else { return }
        let addition = unsafe OverlapAddition(
            memory,
            layer: self,
            input: inputs[0],
            gradient: inputGradient,
            step: inputStep,
            sliceBytes: foldedChannels / input.channels * inputStep,
            count: output.depth
        )
        for d in 0..<output.depth {
            try unsafe kernel.addBackwardData(
                outputGradient: gradient + d * outputStep,
                inputGradient: addition.target
            )
        }
        backwardData = addition
    }

    func load(_ values: NamedTensors) {
        guard let tensor = values[parameters[0].name] else {
            preconditionFailure("parameters were not checked")
        }
        unsafe tensor.withUnsafeBuffer { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe kernel.load(weights.folded(from: base))
        }
    }

    func beginBatch() { kernel.clearGradient() }

    func forward() {
        for d in 0..<weightsSlots { kernel.forward(d) }
    }

    func backward() {
        for d in 0..<weightsSlots { kernel.backwardWeights(d) }
        backwardData?.run { kernel.backwardData($0) }
    }

    func exportGradients(into gradients: inout NamedTensors) {
        unsafe kernel.exportGradient(to: weights.area.floats)
        unsafe gradients.withUnsafeElements(of: parameters[0].name) {
            unsafe weights.unfold(into: $0)
        }
    }

    private var weightsSlots: Int { kernel.slotCount }
}
