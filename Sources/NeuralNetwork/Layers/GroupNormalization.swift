internal import CKernels
internal import Tensors

/// Group normalization (Wu & He 2018), with the residual sum and ReLU that may follow it fused in.
///
/// y = f(γ_c · (x − μ_g) / √(σ²_g + ε) + β_c + r), f the identity or max(·, 0)
///
/// x, y and the optional r: [C, D, H, W]; μ and σ² over the C/G channels of group g and all of D, H,
/// W; ε = 1e-5. With x̂ the normalized value, n the elements of a group and
/// g = ∂L/∂y where y > 0 (everywhere without ReLU): ∂L/∂r = g, ∂L/∂β_c = Σ g, ∂L/∂γ_c = Σ g·x̂,
/// ∂L/∂x = (γ_c·g − Σ_g(γ·g)/n − x̂·Σ_g(γ·g·x̂)/n) / √(σ²_g + ε).
final class GroupNormalization: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private let appliesReLU: Bool
    private let gamma: VectorParameter
    private let beta: VectorParameter
    private let statistics: AlignedMemory
    private let scratch: AlignedMemory
    private var shape: ck_group_norm_shape
    private var memory: GraphMemory?
    private var accumulates = false

    /// Between two declared maps of the same extents.
    init(
        _ graph: GraphBuilder,
        _ name: String,
        from input: FeatureMap.ID,
        to output: FeatureMap.ID,
        groups: Int,
        residual: FeatureMap.ID? = nil,
        relu: Bool = true
    ) {
        let map = graph[input]
        precondition(map.channels % groups == 0, "groups must divide the channels")
        inputs = [input] + (residual.map { [$0] } ?? [])
        outputs = [output]
        appliesReLU = relu
        gamma = VectorParameter(name + ".weight", count: map.channels, start: 1)
        beta = VectorParameter(name + ".bias", count: map.channels, start: 0)
        statistics = AlignedMemory(floats: 2 * groups)
        scratch = AlignedMemory(floats: 4 * map.channels)
        shape = ck_group_norm_shape(
            channels: Int64(map.channels),
            groups: Int64(groups),
            depth: Int64(map.depth),
            pixels: Int64(map.pixels),
            relu: relu ? 1 : 0,
            epsilon: 1e-5
        )
    }

    var retained: [FeatureMap.ID] { [inputs[0]] + (appliesReLU ? outputs : []) }
    var parameters: [ParameterShape] { [gamma.shape, beta.shape] }

    func bind(_ memory: GraphMemory) {
        self.memory = memory
        accumulates = inputs.count > 1 && memory.accumulates(self, inputs[1])
        precondition(!memory.accumulates(self, inputs[0]), "its input is read by it alone")
    }

    func load(_ values: NamedTensors) {
        gamma.load(values)
        beta.load(values)
    }

    func beginBatch() {
        gamma.clear()
        beta.clear()
    }

    func forward() {
        guard let memory else { return }
        let residual = unsafe inputs.count > 1 ? memory.values(inputs[1]) : nil
        unsafe memory.context.maps.pointee.group_norm_forward(
            &shape,
            memory.values(inputs[0]),
            residual,
            gamma.values,
            beta.values,
            memory.values(outputs[0]),
            statistics.floats,
            scratch.floats
        )
    }

    func backward() {
        guard let memory, let outputGradient = unsafe memory.gradient(outputs[0]),
            let inputGradient = unsafe memory.gradient(inputs[0])
        else { return }
        // Without ReLU the output is not kept; the loops then look at no value of it that matters.
        let output = unsafe appliesReLU ? memory.values(outputs[0]) : memory.values(inputs[0])
        let residual = unsafe inputs.count > 1 ? memory.gradient(inputs[1]) : nil
        unsafe memory.context.maps.pointee.group_norm_backward(
            &shape,
            memory.values(inputs[0]),
            output,
            outputGradient,
            gamma.values,
            statistics.floats,
            inputGradient,
            residual,
            accumulates ? 1 : 0,
            gamma.gradient,
            beta.gradient,
            scratch.floats
        )
    }

    func exportGradients(into gradients: inout NamedTensors) {
        gamma.export(into: &gradients)
        beta.export(into: &gradients)
    }
}
