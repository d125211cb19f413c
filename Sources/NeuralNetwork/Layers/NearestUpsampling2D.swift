internal import CKernels

/// Each pixel four times: y[c, r, q] = x[c, r / 2, q / 2].
///
/// x: [C, H, W]; y: [C, 2H, 2W]. ∂L/∂x is the sum of ∂L/∂y over the four.
final class NearestUpsampling2D: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private var shape: ck_resize_shape
    private var memory: GraphMemory?

    /// Between two declared maps, the second twice as high and wide.
    init(_ graph: GraphBuilder, from input: FeatureMap.ID, to output: FeatureMap.ID) {
        let (source, target) = (graph[input], graph[output])
        precondition(
            target.height == 2 * source.height && target.width == 2 * source.width,
            "the output map is not twice the input"
        )
        inputs = [input]
        outputs = [output]
        shape = ck_resize_shape(
            channels: Int64(source.channels),
            height: Int64(source.height),
            width: Int64(source.width)
        )
    }

    var retained: [FeatureMap.ID] { [] }

    func bind(_ memory: GraphMemory) { self.memory = memory }

    func forward() {
        guard let memory else { return }
        unsafe memory.context.maps.pointee.upsample_forward(
            &shape,
            memory.values(inputs[0]),
            memory.values(outputs[0])
        )
    }

    func backward() {
        guard let memory, let outputGradient = unsafe memory.gradient(outputs[0]),
            let inputGradient = unsafe memory.gradient(inputs[0])
        else { return }
        unsafe memory.context.maps.pointee.upsample_backward(
            &shape,
            outputGradient,
            inputGradient,
            memory.accumulates(self, inputs[0]) ? 1 : 0
        )
    }
}
