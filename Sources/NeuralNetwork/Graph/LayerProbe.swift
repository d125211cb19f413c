package import Tensors

/// Runs one layer alone, forward and backward, on plain tensors: for gradient checks.
package struct LayerProbe {
    /// Which layer, with what does not follow from its inputs.
    package enum Kind: Sendable, Hashable {
        case convolution2D(outputChannels: Int, kernel: Int, stride: Int, isPlain: Bool)
        case convolution3D(outputChannels: Int, stride: Int, stem: Stem)
        case transposedConvolution2D(outputChannels: Int)
        case groupNormalization(groups: Int, relu: Bool)
        case relu
        case maxPooling2D
        case nearestUpsampling2D
        case bilinearUpsampling2D(factor: Int)
        case globalAveragePooling
        case globalMaxPooling
        case pixelClassifier
        case linear(outputs: Int)
    }

    /// How a 3D convolution's input lies in memory.
    package enum Stem: Sendable, Hashable {
        /// As an inner layer's input; the only form with an input gradient.
        case none

        /// With the slices under the kernel folded into channels.
        case folded

        /// As plain planes.
        case plain
    }

    /// What a layer gave.
    package struct Outcome: Sendable {
        /// The output, [channels, depth, height, width].
        package let output: Tensor

        /// The gradient of each input; empty for a stem.
        package let inputGradients: [Tensor]

        /// The gradients of the parameters, named `weight` and `bias`.
        package let parameterGradients: NamedTensors
    }

    private let runner: GraphRunner
    private let inputMaps: [FeatureMap.ID]
    private let outputMap: FeatureMap.ID
    private let fold: Int
    private let hasInputGradients: Bool

    /// The implementations oneDNN chose.
    package var implementations: [String] { runner.implementations }

    /// Builds the layer for inputs of the given shapes [channels, depth, height, width].
    ///
    /// `largestBlock`: 8 or 16, the most channels in a block.
    /// - Throws: an error of the engine.
    package init(
        _ kind: Kind,
        inputShapes: [[Int]],
        precision: Precision = .float32,
        instructionSet: InstructionSet = .best,
        largestBlock: Int = 16
    ) throws(NeuralNetworkError) {
        let context = try EngineContext(
            precision: precision,
            channelCounts: LayerProbe.channelCounts(kind, inputShapes),
            instructionSet: instructionSet,
            largestBlock: largestBlock
        )
        let graph = GraphBuilder(context)
        var stem = Stem.none
        if case .convolution3D(_, _, let form) = kind { stem = form }
        var form = FeatureMap.Form.blocked
        switch kind {
        case .bilinearUpsampling2D, .linear: form = .float
        case .convolution2D(_, _, _, isPlain: true), .convolution3D(_, _, stem: .plain):
            form = .plain
        default: break
        }
        fold = stem == .folded ? 3 : 1
        hasInputGradients = form != .plain && stem == .none
        var maps: [FeatureMap.ID] = []
        for shape in inputShapes {
            maps.append(
                graph.map(
                    channels: shape[0] * fold,
                    depth: shape[1] - fold + 1,
                    height: shape[2],
                    width: shape[3],
                    form: form
                )
            )
        }
        inputMaps = maps
        outputMap = try LayerProbe.add(kind, to: graph, maps)
        runner = try GraphRunner(
            graph,
            inputs: Set(maps),
            outputs: [outputMap],
            wantsInputGradients: hasInputGradients
        )
    }

    /// Runs the layer; `backward` runs twice and the parameters' gradients are those of both.
    ///
    /// Parameters:
    ///   `parameters`: tensors named `weight` and `bias`, as the layer has them.
    ///   `outputGradient`: ∂L/∂y, with as many elements as the output.
    package func run(
        inputs: [Tensor],
        parameters: NamedTensors,
        outputGradient: Tensor,
        repetitions: Int = 1
    ) throws -> Outcome {
        let named = try NamedTensors(
            zip(parameters.names, parameters.tensors).map { ("probe." + $0, $1) }
        )
        runner.load(named)
        runner.beginBatch()
        var output = Tensor(shape: [0])
        for _ in 0..<repetitions {
            for (map, input) in zip(inputMaps, inputs) { runner.write(input, to: map, fold: fold) }
            runner.forward()
            // The backward pass may use the memory of an output that it does not read.
            output = runner.read(outputMap)
            runner.write(outputGradient, to: outputMap, asGradient: true)
            runner.backward()
        }
        var gradients = named.zeros()
        runner.exportGradients(into: &gradients)
        return Outcome(
            output: output,
            inputGradients: hasInputGradients
                ? inputMaps.map { runner.read($0, gradient: true) } : [],
            parameterGradients: try NamedTensors(
                zip(parameters.names, gradients.tensors).map { ($0, $1) }
            )
        )
    }

    private static func channelCounts(_ kind: Kind, _ inputShapes: [[Int]]) -> [Int] {
        switch kind {
        case .convolution2D(let channels, _, _, let isPlain):
            isPlain ? [channels] : [channels, inputShapes[0][0]]
        case .convolution3D(let channels, _, let stem):
            stem == .none ? [channels, inputShapes[0][0]] : [channels]
        case .transposedConvolution2D(let channels): [channels, inputShapes[0][0]]
        case .bilinearUpsampling2D, .linear: []
        default: [inputShapes[0][0]]
        }
    }

    private static func add(
        _ kind: Kind,
        to graph: GraphBuilder,
        _ inputs: [FeatureMap.ID]
    ) throws(NeuralNetworkError) -> FeatureMap.ID {
        let input = inputs[0]
        let source = graph[input]
        func map(
            _ channels: Int,
            depth: Int? = nil,
            times: Int = 1,
            over: Int = 1,
            form: FeatureMap.Form = .blocked
        ) -> FeatureMap.ID {
            graph.map(
                channels: channels,
                depth: depth ?? source.depth,
                height: source.height * times / over,
                width: source.width * times / over,
                form: form
            )
        }
        func vector(_ channels: Int) -> FeatureMap.ID {
            graph.map(channels: channels, height: 1, width: 1, form: .float)
        }
        let output: FeatureMap.ID
        switch kind {
        case .convolution2D(let channels, let kernel, let stride, let isPlain):
            output = map(channels, over: stride)
            graph.add(
                try Convolution2D(
                    graph,
                    "probe",
                    from: input,
                    to: output,
                    kernel: kernel,
                    stride: stride,
                    padding: kernel / 2,
                    needsInputGradient: !isPlain
                )
            )
        case .convolution3D(let channels, let stride, let stem):
            output = map(
                channels,
                depth: stem == .folded ? source.depth : source.depth - 2,
                over: stride
            )
            graph.add(
                try Convolution3D(
                    graph,
                    "probe",
                    from: input,
                    to: output,
                    kernel: 3,
                    kernelDepth: 3,
                    stride: stride,
                    isFolded: stem == .folded,
                    needsInputGradient: stem == .none
                )
            )
        case .transposedConvolution2D(let channels):
            output = map(channels, times: 2)
            graph.add(try TransposedConvolution2D(graph, "probe", from: input, to: output))
        case .groupNormalization(let groups, let relu):
            output = map(source.channels)
            graph.add(
                GroupNormalization(
                    graph,
                    "probe",
                    from: input,
                    to: output,
                    groups: groups,
                    residual: inputs.count > 1 ? inputs[1] : nil,
                    relu: relu
                )
            )
        case .relu:
            output = map(source.channels)
            graph.add(ReLU(graph, from: input, to: output))
        case .maxPooling2D:
            output = map(source.channels, over: 2)
            graph.add(MaxPooling2D(graph, from: input, to: output))
        case .nearestUpsampling2D:
            output = map(source.channels, times: 2)
            graph.add(NearestUpsampling2D(graph, from: input, to: output))
        case .bilinearUpsampling2D(let factor):
            output = map(1, times: factor, form: .float)
            graph.add(BilinearUpsampling2D(graph, from: input, to: output))
        case .globalAveragePooling:
            output = vector(source.channels)
            graph.add(GlobalAveragePooling(graph, from: input, to: output))
        case .globalMaxPooling:
            output = vector(source.channels)
            graph.add(GlobalMaxPooling(graph, from: input, to: output))
        case .pixelClassifier:
            output = map(1, form: .float)
            graph.add(PixelClassifier(graph, "probe", from: input, to: output, prior: 0))
        case .linear(let outputs):
            output = vector(outputs)
            graph.add(Linear(graph, "probe", from: input, to: output, prior: 0))
        }
        return output
    }
}
