internal import COneDNN

/// Asks oneDNN for the implementations of one convolution and refuses slow ones.
struct ConvolutionChoice {
    let oneDNN: OneDNN
    let geometry: ConvolutionGeometry
    let input: dnnl_memory_desc_t
    let output: dnnl_memory_desc_t
    let precision: Precision
    let label: String

    /// A reference loop runs about 10^8 multiply-adds a second: below this it costs under 1 ms.
    private static let tolerableReferenceMultiplications = 100_000

    func forward() throws(NeuralNetworkError) -> PrimitiveDescription {
        var (source, destination) = (input, output)
        var weights = try MemoryDescription.anyWeights(
            geometry,
            type: MemoryDescription.type(of: precision)
        )
        var operation = dnnl_convolution_desc_t()
        try unsafe OneDNN.check(
            dnnl_convolution_forward_desc_init(
                &operation,
                dnnl_forward_training,
                dnnl_convolution_direct,
                &source,
                &weights,
                nil,
                &destination,
                strides,
                padding,
                padding
            ),
            "describe \(label) forward"
        )
        return try checked(
            try PrimitiveDescription(oneDNN, &operation, label: label),
            "forward"
        )
    }

    func backwardData(
        hint: PrimitiveDescription
    ) throws(NeuralNetworkError) -> PrimitiveDescription {
        var (source, destination) = (input, output)
        var weights = try MemoryDescription.anyWeights(
            geometry,
            type: MemoryDescription.type(of: precision)
        )
        var operation = dnnl_convolution_desc_t()
        try unsafe OneDNN.check(
            dnnl_convolution_backward_data_desc_init(
                &operation,
                dnnl_convolution_direct,
                &source,
                &weights,
                &destination,
                strides,
                padding,
                padding
            ),
            "describe \(label) backward-data"
        )
        return try checked(
            try PrimitiveDescription(oneDNN, &operation, hint: hint, label: label),
            "backward-data"
        )
    }

    func backwardWeights(
        hint: PrimitiveDescription
    ) throws(NeuralNetworkError) -> PrimitiveDescription {
        var (source, destination) = (input, output)
        var weights = try MemoryDescription.anyWeights(geometry, type: dnnl_f32)
        var operation = dnnl_convolution_desc_t()
        try unsafe OneDNN.check(
            dnnl_convolution_backward_weights_desc_init(
                &operation,
                dnnl_convolution_direct,
                &source,
                &weights,
                nil,
                &destination,
                strides,
                padding,
                padding
            ),
            "describe \(label) backward-weights"
        )
        return try checked(
            try PrimitiveDescription(oneDNN, &operation, hint: hint, label: label),
            "backward-weights"
        )
    }

    private var strides: [dnnl_dim_t] {
        [dnnl_dim_t](repeating: dnnl_dim_t(geometry.stride), count: 2)
    }

    private var padding: [dnnl_dim_t] {
        [dnnl_dim_t](repeating: dnnl_dim_t(geometry.padding), count: 2)
    }

    private func checked(
        _ description: PrimitiveDescription,
        _ pass: String
    ) throws(NeuralNetworkError) -> PrimitiveDescription {
        let implementation = description.implementation
        guard
            !implementation.contains("ref")
                || geometry.multiplications <= Self.tolerableReferenceMultiplications
        else {
            throw NeuralNetworkError(
                .slowImplementation,
                "oneDNN has only '\(implementation)' for the \(pass) pass of \(label); "
                    + "use channel counts that are multiples of 16, or another precision"
            )
        }
        return description
    }
}
