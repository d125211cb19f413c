internal import CKernels
internal import Tensors

/// A 1x1 convolution to one channel of Float32 logits: y[r, q] = b + Σ_c w[c] · x[c, r, q].
///
/// x: [C, H, W]; w: [1, C, 1, 1]; b: [1]; y: [1, H, W]. With g = ∂L/∂y: ∂L/∂x[c] = w[c] · g,
/// ∂L/∂w[c] = Σ g · x[c], ∂L/∂b = Σ g.
final class PixelClassifier: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private let weight: VectorParameter
    private let bias: VectorParameter
    private var memory: GraphMemory?

    /// From a declared map to a Float32 plane; `prior` is the bias's start.
    init(
        _ graph: GraphBuilder,
        _ name: String,
        from input: FeatureMap.ID,
        to output: FeatureMap.ID,
        prior: Float
    ) {
        let channels = graph[input].channels
        inputs = [input]
        outputs = [output]
        weight = VectorParameter(
            ParameterShape(
                name: name + ".weight",
                shape: [1, channels, 1, 1],
                initialization: .gaussian(fanIn: channels, gain: 1)
            )
        )
        bias = VectorParameter(name + ".bias", count: 1, start: prior)
    }

    var retained: [FeatureMap.ID] { inputs }
    var parameters: [ParameterShape] { [weight.shape, bias.shape] }

    func bind(_ memory: GraphMemory) { self.memory = memory }

    func load(_ values: NamedTensors) {
        weight.load(values)
        bias.load(values)
    }

    func beginBatch() {
        weight.clear()
        bias.clear()
    }

    func forward() {
        guard let memory else { return }
        let map = memory[inputs[0]]
        unsafe memory.context.maps.pointee.pixel_dot_forward(
            Int64(map.channels),
            Int64(map.pixels),
            memory.values(inputs[0]),
            weight.values,
            bias.values[0],
            memory.floats(outputs[0])
        )
    }

    func backward() {
        guard let memory, let inputGradient = unsafe memory.gradient(inputs[0]) else { return }
        let map = memory[inputs[0]]
        unsafe memory.context.maps.pointee.pixel_dot_backward(
            Int64(map.channels),
            Int64(map.pixels),
            memory.values(inputs[0]),
            weight.values,
            memory.floatGradient(outputs[0]),
            inputGradient,
            memory.accumulates(self, inputs[0]) ? 1 : 0,
            weight.gradient,
            bias.gradient
        )
    }

    func exportGradients(into gradients: inout NamedTensors) {
        weight.export(into: &gradients)
        bias.export(into: &gradients)
    }
}
