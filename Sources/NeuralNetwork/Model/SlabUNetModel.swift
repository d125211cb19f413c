/// M2: two 3D convolutions collapse five slices, a U-Net outlines, the bottleneck gives one label.
///
/// Names and arithmetic as `M2` in the PyTorch reference: two convolutions a level, transposed
/// convolutions up, group normalization.
package struct SlabUNetModel: Sendable, Hashable {
    /// Slices of the slab; the reference has 5.
    package var slabDepth: Int

    /// Channels after the first 3D convolution.
    package var stemChannels: Int

    /// Channels of each level; the second 3D convolution gives the first.
    package var channels: [Int]

    /// Groups of each normalization.
    package var groups: Int

    /// The reference sizes unless told otherwise.
    package init(
        slabDepth: Int = 5,
        stemChannels: Int = 16,
        channels: [Int] = [32, 64, 128, 256],
        groups: Int = 8
    ) {
        self.slabDepth = slabDepth
        self.stemChannels = stemChannels
        self.channels = channels
        self.groups = groups
    }
}

extension SlabUNetModel: Architecture {
    func build(
        _ graph: GraphBuilder,
        height: Int,
        width: Int
    ) throws(NeuralNetworkError) -> NetworkPorts {
        let stack = LayerStack(graph: graph, groups: groups)
        let (input, fold) = stack.slabInput(
            channels: 1,
            depth: slabDepth,
            height: height,
            width: width
        )
        var map = try stack.collapse(
            "a",
            normalization: "na",
            from: input,
            channels: stemChannels,
            depth: 3,
            isStem: true,
            isFolded: fold > 1
        )
        map = try stack.collapse(
            "b",
            normalization: "nb",
            from: map,
            channels: channels[0],
            depth: 1
        )
        let last = channels.count - 1
        let joints = (0..<last).map { level in
            graph.joint(
                channels: [channels[level], channels[level]],
                height: height >> level,
                width: width >> level
            )
        }
        for level in 0...last {
            if level > 0 { map = stack.pool(map) }
            map = try double(
                stack,
                "e\(level)",
                from: map,
                channels: channels[level],
                into: level < last ? joints[level].parts[1] : nil
            )
        }
        let bottleneck = map
        for level in (0..<last).reversed() {
            graph.add(
                try TransposedConvolution2D(
                    graph,
                    "u\(level)",
                    from: map,
                    to: joints[level].parts[0]
                )
            )
            map = try double(
                stack,
                "d\(level)",
                from: joints[level].whole,
                channels: channels[level]
            )
        }
        let mask = graph.map(channels: 1, height: height, width: width, form: .float)
        graph.add(PixelClassifier(graph, "out", from: map, to: mask, prior: OutputPrior.mask))
        let pooled = graph.map(channels: channels[last], height: 1, width: 1, form: .float)
        graph.add(GlobalAveragePooling(graph, from: bottleneck, to: pooled))
        let logits = graph.map(channels: 1, height: 1, width: 1, form: .float)
        graph.add(Linear(graph, "fc", from: pooled, to: logits, prior: OutputPrior.labels))
        return NetworkPorts(input: input, inputFold: fold, labels: logits, mask: mask)
    }

    private func double(
        _ stack: LayerStack,
        _ name: String,
        from input: FeatureMap.ID,
        channels: Int,
        into output: FeatureMap.ID? = nil
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        let middle = try stack.convolve(
            name + ".0",
            normalization: name + ".1",
            from: input,
            channels: channels
        )
        return try stack.convolve(
            name + ".3",
            normalization: name + ".4",
            from: middle,
            channels: channels,
            into: output
        )
    }

    var parameterShapes: [ParameterShape] {
        var list = ParameterList()
        list.convolution("a", [stemChannels, 1, 3, 3, 3])
        list.normalization("na", stemChannels)
        list.convolution("b", [channels[0], stemChannels, 3, 3, 3])
        list.normalization("nb", channels[0])
        var previous = channels[0]
        for (level, count) in channels.enumerated() {
            double(&list, "e\(level)", from: previous, to: count)
            previous = count
        }
        for level in (0..<channels.count - 1).reversed() {
            list.transposedConvolution("u\(level)", from: previous, to: channels[level])
            double(&list, "d\(level)", from: 2 * channels[level], to: channels[level])
            previous = channels[level]
        }
        list.output("out", [1, channels[0], 1, 1], prior: OutputPrior.mask)
        list.output("fc", [1, channels[channels.count - 1]], prior: OutputPrior.labels)
        return list.shapes
    }

    private func double(_ list: inout ParameterList, _ name: String, from: Int, to: Int) {
        list.convolution(name + ".0", [to, from, 3, 3])
        list.normalization(name + ".1", to)
        list.convolution(name + ".3", [to, to, 3, 3])
        list.normalization(name + ".4", to)
    }
}
