/// The default model, after the hybrid 3D/2D network of Chang and others (2018).
///
/// 2018 (AJNR 39:1609).
///
/// A slab of windows x slabDepth slices goes in. 3x3x3 convolutions without depth padding collapse
/// the depth (5 -> 3 -> 1), the first with an in-plane stride. A 2D encoder (maximum pooling,
/// two convolutions a level) and decoder (nearest upsampling, skip connection, one convolution a
/// level) follow; every convolution has group normalization and ReLU. A 1x1 convolution and
/// bilinear upsampling give the mask logits of the middle slice. Means and maxima of the deepest
/// and of the last decoder map, side by side, go through one linear layer to the six label logits:
/// the maxima keep a small lesion from being averaged away, and the decoder's map has learnt from
/// masks where lesions are.
package struct HybridModel: Sendable, Hashable {
    /// Grey-value windows of each slice.
    package var windows: Int

    /// Slices of the slab, odd; the middle one is outlined.
    package var slabDepth: Int

    /// Channels while depth collapses.
    package var stemChannels: Int

    /// In-plane stride of the first convolution: 1, 2 or 4.
    package var stemStride: Int

    /// Channels of each level of the encoder and decoder, finest first.
    package var channels: [Int]

    /// Groups of each normalization.
    package var groups: Int

    /// Small sizes that train on a CPU in seconds unless told otherwise.
    package init(
        windows: Int = 3,
        slabDepth: Int = 5,
        stemChannels: Int? = nil,
        stemStride: Int = 2,
        channels: [Int] = [8, 16, 32],
        groups: Int = 4
    ) {
        self.windows = windows
        self.slabDepth = slabDepth
        self.stemChannels = stemChannels ?? channels.first ?? 8
        self.stemStride = stemStride
        self.channels = channels
        self.groups = groups
    }
}

extension HybridModel: Architecture {
    func build(
        _ graph: GraphBuilder,
        height: Int,
        width: Int
    ) throws(NeuralNetworkError) -> NetworkPorts {
        let stack = LayerStack(graph: graph, groups: groups)
        let (input, fold) = stack.slabInput(
            channels: windows,
            depth: slabDepth,
            height: height,
            width: width
        )
        let (rows, columns) = (height / stemStride, width / stemStride)
        let last = channels.count - 1
        let joints = (0..<last).map { level in
            graph.joint(
                channels: [channels[level + 1], channels[level]],
                height: rows >> level,
                width: columns >> level
            )
        }
        let deepest = try encode(stack, try stem(stack, input, isFolded: fold > 1), joints)
        var map = deepest
        for level in (0..<last).reversed() {
            graph.add(NearestUpsampling2D(graph, from: map, to: joints[level].parts[0]))
            map = try stack.convolve(
                "decoder.\(level).convolution",
                normalization: "decoder.\(level).normalization",
                from: joints[level].whole,
                channels: channels[level]
            )
        }
        return NetworkPorts(
            input: input,
            inputFold: fold,
            labels: labels(graph, deepest: deepest, finest: map),
            mask: mask(graph, from: map, height: height, width: width)
        )
    }

    private func stem(
        _ stack: LayerStack,
        _ input: FeatureMap.ID,
        isFolded: Bool
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        var map = input
        var depth = slabDepth - 2
        for index in 0..<(slabDepth - 1) / 2 {
            map = try stack.collapse(
                "stem.\(index).convolution",
                normalization: "stem.\(index).normalization",
                from: map,
                channels: stemChannels,
                depth: depth,
                stride: index == 0 ? stemStride : 1,
                isStem: index == 0,
                isFolded: index == 0 && isFolded
            )
            depth -= 2
        }
        return map
    }

    private func encode(
        _ stack: LayerStack,
        _ stem: FeatureMap.ID,
        _ joints: [(whole: FeatureMap.ID, parts: [FeatureMap.ID])]
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        var map = stem
        for level in channels.indices {
            if level > 0 { map = stack.pool(map) }
            for index in 0..<2 {
                let name = "encoder.\(level).\(index)"
                map = try stack.convolve(
                    name + ".convolution",
                    normalization: name + ".normalization",
                    from: map,
                    channels: channels[level],
                    into: index == 1 && level < joints.count ? joints[level].parts[1] : nil
                )
            }
        }
        return map
    }

    private func labels(
        _ graph: GraphBuilder,
        deepest: FeatureMap.ID,
        finest: FeatureMap.ID
    ) -> FeatureMap.ID {
        let (deep, fine) = (graph[deepest].channels, graph[finest].channels)
        let pooled = graph.joint(
            channels: [deep, deep, fine, fine],
            height: 1,
            width: 1,
            form: .float
        )
        graph.add(GlobalAveragePooling(graph, from: deepest, to: pooled.parts[0]))
        graph.add(GlobalMaxPooling(graph, from: deepest, to: pooled.parts[1]))
        graph.add(GlobalAveragePooling(graph, from: finest, to: pooled.parts[2]))
        graph.add(GlobalMaxPooling(graph, from: finest, to: pooled.parts[3]))
        let logits = graph.map(channels: 6, height: 1, width: 1, form: .float)
        graph.add(
            Linear(graph, "labels", from: pooled.whole, to: logits, prior: OutputPrior.labels)
        )
        return logits
    }

    private func mask(
        _ graph: GraphBuilder,
        from map: FeatureMap.ID,
        height: Int,
        width: Int
    ) -> FeatureMap.ID {
        let source = graph[map]
        let coarse = graph.map(
            channels: 1,
            height: source.height,
            width: source.width,
            form: .float
        )
        graph.add(PixelClassifier(graph, "mask", from: map, to: coarse, prior: OutputPrior.mask))
        if stemStride == 1 { return coarse }
        let full = graph.map(channels: 1, height: height, width: width, form: .float)
        graph.add(BilinearUpsampling2D(graph, from: coarse, to: full))
        return full
    }

    var parameterShapes: [ParameterShape] {
        var list = ParameterList()
        var previous = windows
        for index in 0..<(slabDepth - 1) / 2 {
            list.convolution("stem.\(index).convolution", [stemChannels, previous, 3, 3, 3])
            list.normalization("stem.\(index).normalization", stemChannels)
            previous = stemChannels
        }
        for (level, count) in channels.enumerated() {
            for index in 0..<2 {
                let name = "encoder.\(level).\(index)"
                list.convolution(name + ".convolution", [count, previous, 3, 3])
                list.normalization(name + ".normalization", count)
                previous = count
            }
        }
        for level in (0..<channels.count - 1).reversed() {
            list.convolution(
                "decoder.\(level).convolution",
                [channels[level], channels[level + 1] + channels[level], 3, 3]
            )
            list.normalization("decoder.\(level).normalization", channels[level])
        }
        let (deep, fine) = (channels[channels.count - 1], channels[0])
        list.output("labels", [6, 2 * deep + 2 * fine], prior: OutputPrior.labels)
        list.output("mask", [1, fine, 1, 1], prior: OutputPrior.mask)
        return list.shapes
    }
}
