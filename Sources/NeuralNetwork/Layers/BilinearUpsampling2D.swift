internal import CKernels

/// Bilinear interpolation of one Float32 plane by a whole factor f (align_corners=False).
///
/// y[r, q] = Σ of the four pixels of x around ((r + ½)/f − ½, (q + ½)/f − ½), clamped to the plane,
/// weighted by nearness. x: [1, H, W]; y: [1, fH, fW]. ∂L/∂x is the transpose of the same weights.
final class BilinearUpsampling2D: Layer {
    let inputs: [FeatureMap.ID]
    let outputs: [FeatureMap.ID]

    private let height: Int
    private let width: Int
    private let factor: Int
    private var memory: GraphMemory?

    /// Between two declared planes.
    init(_ graph: GraphBuilder, from input: FeatureMap.ID, to output: FeatureMap.ID) {
        let (source, target) = (graph[input], graph[output])
        precondition(source.form == .float && source.channels == 1, "the input is no plane")
        factor = target.height / source.height
        precondition(
            target.height == factor * source.height && target.width == factor * source.width,
            "the output is no whole multiple of the input"
        )
        height = source.height
        width = source.width
        inputs = [input]
        outputs = [output]
    }

    var retained: [FeatureMap.ID] { [] }

    func bind(_ memory: GraphMemory) {
        self.memory = memory
        precondition(!memory.accumulates(self, inputs[0]), "its input is read by it alone")
    }

    func forward() {
        guard let memory else { return }
        unsafe ck_bilinear_forward(
            Int64(height),
            Int64(width),
            Int64(factor),
            memory.floats(inputs[0]),
            memory.floats(outputs[0])
        )
    }

    func backward() {
        guard let memory else { return }
        unsafe ck_bilinear_backward(
            Int64(height),
            Int64(width),
            Int64(factor),
            memory.floatGradient(outputs[0]),
            memory.floatGradient(inputs[0])
        )
    }
}
