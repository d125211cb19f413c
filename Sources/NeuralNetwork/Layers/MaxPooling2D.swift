internal import CKernels

/// The maximum of each 2x2 square: y[c, r, q] = max_{u, v} x[c, 2r + u, 2q + v].
///
/// x: [C, 2H, 2W]; y: [C, H, W]. ∂L/∂y goes to the square's first maximum in row order.
final class MaxPooling2D: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private var shape: ck_resize_shape
    private var memory: GraphMemory?

    /// Between two declared maps, the first twice as high and wide.
    init(_ graph: GraphBuilder, from input: FeatureMap.ID, to output: FeatureMap.ID) {
        let (source, target) = (graph[input], graph[output])
        precondition(
            source.height == 2 * target.height && source.width == 2 * target.width,
            "the input map is not twice the output"
        )
        inputs = [input]
        outputs = [output]
        shape = ck_resize_shape(
            channels: Int64(target.channels),
            height: Int64(target.height),
            width: Int64(target.width)
        )
    }

    var retained: [FeatureMap.ID] { inputs + outputs }

    func bind(_ memory: GraphMemory) { self.memory = memory }

    func forward() {
        guard let memory else { return }
        unsafe memory.context.maps.pointee.max_pool_forward(
            &shape,
            memory.values(inputs[0]),
            memory.values(outputs[0])
        )
    }

    func backward() {
        guard let memory, let outputGradient = unsafe memory.gradient(outputs[0]),
            let inputGradient = unsafe memory.gradient(inputs[0])
        else { return }
        unsafe memory.context.maps.pointee.max_pool_backward(
            &shape,
            memory.values(inputs[0]),
            memory.values(outputs[0]),
            outputGradient,
            inputGradient,
            memory.accumulates(self, inputs[0]) ? 1 : 0
        )
    }
}
