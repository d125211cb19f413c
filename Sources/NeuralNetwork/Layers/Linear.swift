internal import Tensors

/// y = W x + b; ∂L/∂x = Wᵀ g, ∂L/∂W = g xᵀ, ∂L/∂b = g, with g = ∂L/∂y.
///
/// x: [I]; W: [O, I]; b: [O]; y: [O]; all Float32, by OpenBLAS.
final class Linear: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private let rows: Int
    private let columns: Int
    private let weight: VectorParameter
    private let bias: VectorParameter
    private var memory: GraphMemory?

    /// Between two declared Float32 maps of one pixel; `prior` is the biases' start.
    init(
        _ graph: GraphBuilder,
        _ name: String,
        from input: FeatureMap.ID,
        to output: FeatureMap.ID,
        prior: Float
    ) {
        columns = graph[input].channels * graph[input].pixels
        rows = graph[output].channels
        inputs = [input]
        outputs = [output]
        weight = VectorParameter(
            ParameterShape(
                name: name + ".weight",
                shape: [rows, columns],
                initialization: .gaussian(fanIn: columns, gain: 1)
            )
        )
        bias = VectorParameter(name + ".bias", count: rows, start: prior)
    }

    var retained: [FeatureMap.ID] { inputs }
    var parameters: [ParameterShape] { [weight.shape, bias.shape] }

    func bind(_ memory: GraphMemory) {
        self.memory = memory
        precondition(!memory.accumulates(self, inputs[0]), "its input is read by it alone")
    }

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
        let y = unsafe memory.floats(outputs[0])
        unsafe y.update(from: bias.values, count: rows)
        unsafe DenseMatrix.multiplyAdd(
            weight.values,
            rows: rows,
            columns: columns,
            memory.floats(inputs[0]),
            into: y
        )
    }

    func backward() {
        guard let memory else { return }
        let gradient = unsafe memory.floatGradient(outputs[0])
        unsafe DenseMatrix.addOuterProduct(
            gradient,
            rows: rows,
            memory.floats(inputs[0]),
            columns: columns,
            into: weight.gradient
        )
        for row in 0..<rows { unsafe bias.gradient[row] += gradient[row] }
        unsafe DenseMatrix.multiplyTransposed(
            weight.values,
            rows: rows,
            columns: columns,
            gradient,
            into: memory.floatGradient(inputs[0])
        )
    }

    func exportGradients(into gradients: inout NamedTensors) {
        weight.export(into: &gradients)
        bias.export(into: &gradients)
    }
}
