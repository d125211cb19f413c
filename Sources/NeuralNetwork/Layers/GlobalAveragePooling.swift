internal import CKernels

/// The mean of each channel: y[c] = Σ_{r, q} x[c, r, q] / (H·W); ∂L/∂x[c, r, q] = ∂L/∂y[c] / (H·W).
///
/// x: [C, H, W]; y: [C], Float32.
final class GlobalAveragePooling: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private var memory: GraphMemory?

    /// From a declared map to a Float32 map of as many channels.
    init(_ graph: GraphBuilder, from input: FeatureMap.ID, to output: FeatureMap.ID) {
        precondition(graph[input].channels == graph[output].channels, "channel counts differ")
        inputs = [input]
        outputs = [output]
    }

    var retained: [FeatureMap.ID] { [] }

    func bind(_ memory: GraphMemory) { self.memory = memory }

    func forward() {
        guard let memory else { return }
        let map = memory[inputs[0]]
        unsafe memory.context.maps.pointee.average_pool_forward(
            Int64(map.channels),
            Int64(map.pixels),
            memory.values(inputs[0]),
            memory.floats(outputs[0])
        )
    }

    func backward() {
        guard let memory, let inputGradient = unsafe memory.gradient(inputs[0]) else { return }
        let map = memory[inputs[0]]
        unsafe memory.context.maps.pointee.average_pool_backward(
            Int64(map.channels),
            Int64(map.pixels),
            memory.floatGradient(outputs[0]),
            inputGradient,
            memory.accumulates(self, inputs[0]) ? 1 : 0
        )
    }
}
