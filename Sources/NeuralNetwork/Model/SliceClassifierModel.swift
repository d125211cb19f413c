/// M1: a residual network (ResNet-18's shape, group normalization) that classifies single slices.
///
/// Stem 3x3 stride 2, then two residual blocks a level, the first of each later level with
/// stride 2; global mean; linear to six logits. Names and arithmetic as `M1` in the PyTorch
/// reference.
package struct SliceClassifierModel: Sendable, Hashable {
    /// Input channels: windows of one slice.
    package var windows: Int

    /// Channels of each level.
    package var channels: [Int]

    /// Groups of each normalization.
    package var groups: Int

    /// The reference sizes unless told otherwise.
    package init(windows: Int = 3, channels: [Int] = [32, 64, 128, 256], groups: Int = 8) {
        self.windows = windows
        self.channels = channels
        self.groups = groups
    }
}

extension SliceClassifierModel: Architecture {
    func build(
        _ graph: GraphBuilder,
        height: Int,
        width: Int
    ) throws(NeuralNetworkError) -> NetworkPorts {
        let stack = LayerStack(graph: graph, groups: groups)
        let isPlain = graph.context.block == 16 && windows <= 3
        let input = graph.map(
            channels: windows,
            height: height,
            width: width,
            form: isPlain ? .plain : .blocked
        )
        var map = try stack.convolve(
            "stem",
            normalization: "ns",
            from: input,
            channels: channels[0],
            stride: 2,
            isFirst: true
        )
        var number = 0
        for (level, count) in channels.enumerated() {
            map = try block(
                stack,
                "layers.\(number)",
                from: map,
                channels: count,
                stride: level == 0 ? 1 : 2
            )
            map = try block(stack, "layers.\(number + 1)", from: map, channels: count, stride: 1)
            number += 2
        }
        let last = channels[channels.count - 1]
        let pooled = graph.map(channels: last, height: 1, width: 1, form: .float)
        graph.add(GlobalAveragePooling(graph, from: map, to: pooled))
        let logits = graph.map(channels: 6, height: 1, width: 1, form: .float)
        graph.add(Linear(graph, "fc", from: pooled, to: logits, prior: OutputPrior.labels))
        return NetworkPorts(input: input, inputFold: 1, labels: logits, mask: nil)
    }

    private func block(
        _ stack: LayerStack,
        _ name: String,
        from input: FeatureMap.ID,
        channels: Int,
        stride: Int
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        var shortcut = input
        if stride != 1 || stack.graph[input].channels != channels {
            shortcut = try stack.convolve(
                name + ".d",
                normalization: name + ".nd",
                from: input,
                channels: channels,
                kernel: 1,
                stride: stride,
                relu: false
            )
        }
        let middle = try stack.convolve(
            name + ".c1",
            normalization: name + ".n1",
            from: input,
            channels: channels,
            stride: stride
        )
        return try stack.convolve(
            name + ".c2",
            normalization: name + ".n2",
            from: middle,
            channels: channels,
            residual: shortcut
        )
    }

    var parameterShapes: [ParameterShape] {
        var list = ParameterList()
        list.convolution("stem", [channels[0], windows, 3, 3])
        list.normalization("ns", channels[0])
        var (number, previous) = (0, channels[0])
        for (level, count) in channels.enumerated() {
            for index in 0..<2 {
                let name = "layers.\(number)"
                list.convolution(name + ".c1", [count, previous, 3, 3])
                list.normalization(name + ".n1", count)
                list.convolution(name + ".c2", [count, count, 3, 3])
                list.normalization(name + ".n2", count)
                if previous != count || (level > 0 && index == 0) {
                    list.convolution(name + ".d", [count, previous, 1, 1])
                    list.normalization(name + ".nd", count)
                }
                (number, previous) = (number + 1, count)
            }
        }
        list.output("fc", [6, previous], prior: OutputPrior.labels)
        return list.shapes
    }
}
