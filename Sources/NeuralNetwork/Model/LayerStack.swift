/// Adds layers that belong together, under names that follow PyTorch's modules.
struct LayerStack {
    let graph: GraphBuilder
    let groups: Int

    /// Convolution, normalization, and ReLU unless told otherwise; returns the output map.
    func convolve(
        _ name: String,
        normalization: String,
        from input: FeatureMap.ID,
        channels: Int,
        kernel: Int = 3,
        stride: Int = 1,
        into output: FeatureMap.ID? = nil,
        residual: FeatureMap.ID? = nil,
        relu: Bool = true,
        isFirst: Bool = false
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        let source = graph[input]
        let (height, width) = (source.height / stride, source.width / stride)
        let raw = graph.map(channels: channels, height: height, width: width)
        graph.add(
            try Convolution2D(
                graph,
                name,
                from: input,
                to: raw,
                kernel: kernel,
                stride: stride,
                padding: kernel / 2,
                needsInputGradient: !isFirst
            )
        )
        let result = output ?? graph.map(channels: channels, height: height, width: width)
        graph.add(
            GroupNormalization(
                graph,
                normalization,
                from: raw,
                to: result,
                groups: groups,
                residual: residual,
                relu: relu
            )
        )
        return result
    }

    /// Depth-collapsing convolution with kernel 3, normalization and ReLU.
    func collapse(
        _ name: String,
        normalization: String,
        from input: FeatureMap.ID,
        channels: Int,
        depth: Int,
        stride: Int = 1,
        into output: FeatureMap.ID? = nil,
        isStem: Bool = false,
        isFolded: Bool = false
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        let source = graph[input]
        let (height, width) = (source.height / stride, source.width / stride)
        let raw = graph.map(channels: channels, depth: depth, height: height, width: width)
        graph.add(
            try Convolution3D(
                graph,
                name,
                from: input,
                to: raw,
                kernel: 3,
                kernelDepth: 3,
                stride: stride,
                isFolded: isFolded,
                needsInputGradient: !isStem
            )
        )
        let result =
            output ?? graph.map(channels: channels, depth: depth, height: height, width: width)
        graph.add(
            GroupNormalization(graph, normalization, from: raw, to: result, groups: groups)
        )
        return result
    }

    /// The input map of a stem, and whether it is folded.
    ///
    /// Up to three channels under the kernel oneDNN reads as plain planes (its loops for a first
    /// layer, AVX-512 only); more are folded and padded to a block.
    func slabInput(
        channels: Int,
        depth: Int,
        height: Int,
        width: Int
    ) -> (map: FeatureMap.ID, fold: Int) {
        if graph.context.block == 16 && 3 * channels <= 3 {
            let map = graph.map(
                channels: channels,
                depth: depth,
                height: height,
                width: width,
                form: .plain
            )
            return (map, 1)
        }
        let map = graph.map(
            channels: 3 * channels,
            depth: depth - 2,
            height: height,
            width: width
        )
        return (map, 3)
    }

    /// Halves a map by maximum.
    func pool(_ input: FeatureMap.ID) -> FeatureMap.ID {
        let source = graph[input]
        let output = graph.map(
            channels: source.channels,
            height: source.height / 2,
            width: source.width / 2
        )
        graph.add(MaxPooling2D(graph, from: input, to: output))
        return output
    }
}
