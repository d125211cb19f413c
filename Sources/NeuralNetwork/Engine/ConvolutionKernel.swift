internal import CKernels
internal import COneDNN

/// One 2D convolution: its three primitives, its weights in their layouts and the gradient's sum.
///
/// `Convolution2D`, `Convolution3D` (folded depth) and `TransposedConvolution2D` (roles exchanged)
/// are all made of this. A pass runs on a slot: fixed addresses, bound once.
@safe
final class ConvolutionKernel {
    /// Which implementation runs each primitive, for the record of a run.
    let implementations: [String]

    private let geometry: ConvolutionGeometry
    private let oneDNN: OneDNN
    private let arrays: UnsafePointer<ck_array_kernels>
    private let inputMap: dnnl_memory_desc_t
    private let outputMap: dnnl_memory_desc_t
    private let forwardPrimitive: Primitive
    private let forwardWeights: LaidOutWeights
    private let dataPrimitive: Primitive?
    private let dataWeights: LaidOutWeights?
    private let weightsPrimitive: Primitive
    private let gradientSum: LaidOutWeights
    private let gradientLayout: dnnl_memory_desc_t
    private let context: EngineContext
    private var sumIsEmpty = true

    private var forwardSlots: [PrimitiveArguments] = []
    private var dataSlots: [PrimitiveArguments] = []
    private var weightsSlots: [(first: PrimitiveArguments, next: PrimitiveArguments)] = []

    /// Chooses and compiles the primitives.
    ///
    /// - Throws: `slowImplementation` if oneDNN has only its reference loops for a large layer.
    init(
        _ context: EngineContext,
        _ geometry: ConvolutionGeometry,
        inputLayout: MapLayout,
        needsInputGradient: Bool,
        label: String
    ) throws(NeuralNetworkError) {
        let oneDNN = context.oneDNN
        let precision = context.precision
        self.geometry = geometry
        self.oneDNN = oneDNN
        self.context = context
        unsafe arrays = context.arrays
        inputMap = try MemoryDescription.map(
            channels: geometry.inputChannels,
            height: geometry.height,
            width: geometry.width,
            layout: inputLayout,
            precision: precision
        )
        outputMap = try MemoryDescription.map(
            channels: geometry.outputChannels,
            height: geometry.outputHeight,
            width: geometry.outputWidth,
            layout: context.layout,
            precision: precision
        )
        let choice = ConvolutionChoice(
            oneDNN: oneDNN,
            geometry: geometry,
            input: inputMap,
            output: outputMap,
            precision: precision,
            label: label
        )
        let forward = try choice.forward()
        let weights = try choice.backwardWeights(hint: forward)
        let data = needsInputGradient ? try choice.backwardData(hint: forward) : nil
        implementations =
            ["\(label) forward \(forward.implementation)"]
            + (data.map { ["\(label) backward-data \($0.implementation)"] } ?? [])
            + ["\(label) backward-weights \(weights.implementation)"]

        forwardPrimitive = try unsafe Primitive(oneDNN, forward.handle)
        forwardWeights = try LaidOutWeights(
            oneDNN,
            geometry,
            try forward.layout(dnnl_query_weights_md)
        )
        weightsPrimitive = try unsafe Primitive(oneDNN, weights.handle)
        gradientLayout = try weights.layout(dnnl_query_diff_weights_md)
        gradientSum = try LaidOutWeights(oneDNN, geometry, gradientLayout)
        context.reserveGradientScratch(floats: gradientSum.floatCount)
        if let data {
            dataPrimitive = try unsafe Primitive(oneDNN, data.handle)
            dataWeights = try LaidOutWeights(
                oneDNN,
                geometry,
                try data.layout(dnnl_query_weights_md)
            )
        } else {
            dataPrimitive = nil
            dataWeights = nil
        }
    }

    // MARK: Binding

    /// Adds a forward slot.
    func addForward(
        input: UnsafeMutableRawPointer,
        output: UnsafeMutableRawPointer
    ) throws(NeuralNetworkError) {
        unsafe forwardSlots.append(
            PrimitiveArguments([
                (DNNL_ARG_SRC, try EngineMemory(oneDNN, inputMap, at: input)),
                (DNNL_ARG_WEIGHTS, forwardWeights.memory),
                (DNNL_ARG_DST, try EngineMemory(oneDNN, outputMap, at: output)),
            ])
        )
    }

    /// Adds a slot for the gradient of the input.
    func addBackwardData(
        outputGradient: UnsafeMutableRawPointer,
        inputGradient: UnsafeMutableRawPointer
    ) throws(NeuralNetworkError) {
        guard let dataWeights else { preconditionFailure("made without an input gradient") }
        unsafe dataSlots.append(
            PrimitiveArguments([
                (DNNL_ARG_DIFF_DST, try EngineMemory(oneDNN, outputMap, at: outputGradient)),
                (DNNL_ARG_WEIGHTS, dataWeights.memory),
                (DNNL_ARG_DIFF_SRC, try EngineMemory(oneDNN, inputMap, at: inputGradient)),
            ])
        )
    }

    /// Adds a slot for the gradient of the weights.
    func addBackwardWeights(
        input: UnsafeMutableRawPointer,
        outputGradient: UnsafeMutableRawPointer
    ) throws(NeuralNetworkError) {
        let source = try unsafe EngineMemory(oneDNN, inputMap, at: input)
        let gradient = try unsafe EngineMemory(oneDNN, outputMap, at: outputGradient)
        let scratch = try unsafe EngineMemory(
            oneDNN,
            gradientLayout,
            at: context.gradientScratch.base
        )
        func arguments(_ weights: EngineMemory) -> PrimitiveArguments {
            PrimitiveArguments([
                (DNNL_ARG_SRC, source), (DNNL_ARG_DIFF_DST, gradient),
                (DNNL_ARG_DIFF_WEIGHTS, weights),
            ])
        }
        weightsSlots.append((arguments(gradientSum.memory), arguments(scratch)))
    }

    // MARK: Running

    /// Takes weights in the order output, input, row, column.
    func load(_ weights: UnsafePointer<Float>) {
        unsafe forwardWeights.load(weights)
        unsafe dataWeights?.load(weights)
    }

    /// The number of forward slots.
    var slotCount: Int { forwardSlots.count }

    /// Forgets the sum of weight gradients.
    func clearGradient() { sumIsEmpty = true }

    func forward(_ slot: Int) { forwardPrimitive.run(forwardSlots[slot]) }

    func backwardData(_ slot: Int) { dataPrimitive?.run(dataSlots[slot]) }

    /// Adds the gradient of one image to the sum.
    func backwardWeights(_ slot: Int) {
        if sumIsEmpty {
            weightsPrimitive.run(weightsSlots[slot].first)
            sumIsEmpty = false
            return
        }
        weightsPrimitive.run(weightsSlots[slot].next)
        unsafe arrays.pointee.axpy(
            Int64(gradientSum.floatCount),
            1,
            context.gradientScratch.floats,
            gradientSum.floats
        )
    }

    /// Writes the sum of gradients in the order output, input, row, column.
    func exportGradient(to weights: UnsafeMutablePointer<Float>) {
        if sumIsEmpty {
            unsafe weights.update(repeating: 0, count: geometry.weightCount)
        } else {
            unsafe gradientSum.export(to: weights)
        }
    }
}
