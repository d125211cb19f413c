internal import CKernels

/// y = max(x, 0); ∂L/∂x = ∂L/∂y where y > 0, else 0.
///
/// x and y have the same extents. In the models it is fused into `GroupNormalization`.
final class ReLU: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private let elements: Int
    private var memory: GraphMemory?

    /// Between two declared maps of the same extents.
    init(_ graph: GraphBuilder, from input: FeatureMap.ID, to output: FeatureMap.ID) {
        inputs = [input]
        outputs = [output]
        elements = graph.storedElements(of: input)
    }

    var retained: [FeatureMap.ID] { outputs }

    func bind(_ memory: GraphMemory) { self.memory = memory }

    func forward() {
        guard let memory else { return }
        unsafe memory.context.maps.pointee.relu_forward(
            Int64(elements),
            memory.values(inputs[0]),
            memory.values(outputs[0])
        )
    }

    func backward() {
        guard let memory, let outputGradient = unsafe memory.gradient(outputs[0]),
            let inputGradient = unsafe memory.gradient(inputs[0])
        else { return }
        unsafe memory.context.maps.pointee.relu_backward(
            Int64(elements),
            memory.values(outputs[0]),
            outputGradient,
            inputGradient,
            memory.accumulates(self, inputs[0]) ? 1 : 0
        )
    }
}
