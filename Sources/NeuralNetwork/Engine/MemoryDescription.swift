internal import COneDNN

/// Makes oneDNN memory descriptors for our layouts.
enum MemoryDescription {
    /// A feature map of one image: dimensions 1, channels, height, width.
    static func map(
        channels: Int,
        height: Int,
        width: Int,
        layout: MapLayout,
        precision: Precision
    ) throws(NeuralNetworkError) -> dnnl_memory_desc_t {
        let tag =
            switch layout {
            case .plain: dnnl_nchw
            case .blocked8: dnnl_nChw8c
            case .blocked16: dnnl_nChw16c
            }
        return try tagged([1, channels, height, width], type(of: precision), tag)
    }

    /// Weights in the order oneDNN finds quickest.
    static func anyWeights(
        _ geometry: ConvolutionGeometry,
        type: dnnl_data_type_t
    ) throws(NeuralNetworkError) -> dnnl_memory_desc_t {
        try tagged(dimensions(geometry), type, dnnl_format_tag_any)
    }

    /// Float32 weights in the order of a `Tensor`: output, input, row, column.
    static func plainWeights(
        _ geometry: ConvolutionGeometry
    ) throws(NeuralNetworkError) -> dnnl_memory_desc_t {
        try tagged(dimensions(geometry), dnnl_f32, dnnl_oihw)
    }

    static func type(of precision: Precision) -> dnnl_data_type_t {
        precision == .float32 ? dnnl_f32 : dnnl_bf16
    }

    private static func dimensions(_ geometry: ConvolutionGeometry) -> [Int] {
        [geometry.outputChannels, geometry.inputChannels, geometry.kernel, geometry.kernel]
    }

    private static func tagged(
        _ dimensions: [Int],
        _ type: dnnl_data_type_t,
        _ tag: dnnl_format_tag_t
    ) throws(NeuralNetworkError) -> dnnl_memory_desc_t {
        var description = dnnl_memory_desc_t()
        let extents = dimensions.map(dnnl_dim_t.init)
        try unsafe OneDNN.check(
            dnnl_memory_desc_init_by_tag(
                &description,
                Int32(extents.count),
                extents,
                type,
                tag
            ),
            "describe memory of dimensions \(dimensions)"
        )
        return description
    }
}
