import NeuralNetwork
import Tensors
import Testing

/// One layer of layers.safetensors.
struct LayerCase: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: LayerProbe.Kind
    var shapes: [[Int]]
    var weightShape: [Int] = []
    var biasCount = 0
    var weightScale = 0.25
    var inputScale: (factor: Float, shift: Float) = (1, 0)

    var testDescription: String { name }

    var inputs: [Tensor] {
        zip(["x", "r"], shapes).map { part, shape in
            let tensor = Vectors.uniform("\(name).\(part)", shape)
            guard part == "x" else { return tensor }
            return Tensor(
                shape: shape,
                values: tensor.values.map { $0 * inputScale.factor + inputScale.shift }
            )
        }
    }

    func parameters() throws -> NamedTensors {
        var list: [(String, Tensor)] = []
        if !weightShape.isEmpty {
            list.append(
                ("weight", Vectors.uniform("\(name).weight", weightShape, scale: weightScale))
            )
        }
        if biasCount > 0 {
            list.append(("bias", Vectors.uniform("\(name).bias", [biasCount], scale: weightScale)))
        }
        return try NamedTensors(list)
    }

    static let all: [LayerCase] = [
        LayerCase(
            name: "convolution2D-8",
            kind: .convolution2D(outputChannels: 16, kernel: 3, stride: 1, isPlain: false),
            shapes: [[8, 1, 8, 8]],
            weightShape: [16, 8, 3, 3]
        ),
        LayerCase(
            name: "convolution2D-16",
            kind: .convolution2D(outputChannels: 16, kernel: 3, stride: 1, isPlain: false),
            shapes: [[16, 1, 6, 6]],
            weightShape: [16, 16, 3, 3]
        ),
        LayerCase(
            name: "convolution2D-stride",
            kind: .convolution2D(outputChannels: 16, kernel: 3, stride: 2, isPlain: false),
            shapes: [[16, 1, 8, 8]],
            weightShape: [16, 16, 3, 3]
        ),
        LayerCase(
            name: "convolution2D-1x1",
            kind: .convolution2D(outputChannels: 16, kernel: 1, stride: 2, isPlain: false),
            shapes: [[16, 1, 8, 8]],
            weightShape: [16, 16, 1, 1]
        ),
        LayerCase(
            name: "convolution3D",
            kind: .convolution3D(outputChannels: 8, stride: 1, stem: .none),
            shapes: [[8, 5, 6, 6]],
            weightShape: [8, 8, 3, 3, 3]
        ),
        LayerCase(
            name: "convolution3D-collapse",
            kind: .convolution3D(outputChannels: 16, stride: 1, stem: .none),
            shapes: [[16, 3, 6, 6]],
            weightShape: [16, 16, 3, 3, 3]
        ),
        LayerCase(
            name: "convolution3D-stem",
            kind: .convolution3D(outputChannels: 8, stride: 2, stem: .folded),
            shapes: [[3, 5, 8, 8]],
            weightShape: [8, 3, 3, 3, 3]
        ),
        LayerCase(
            name: "convolution3D-plain",
            kind: .convolution3D(outputChannels: 16, stride: 1, stem: .plain),
            shapes: [[1, 5, 8, 8]],
            weightShape: [16, 1, 3, 3, 3]
        ),
        LayerCase(
            name: "transposedConvolution2D",
            kind: .transposedConvolution2D(outputChannels: 16),
            shapes: [[16, 1, 4, 4]],
            weightShape: [16, 16, 2, 2],
            biasCount: 16
        ),
        LayerCase(
            name: "groupNormalization",
            kind: .groupNormalization(groups: 4, relu: false),
            shapes: [[16, 1, 6, 6]],
            weightShape: [16],
            biasCount: 16,
            weightScale: 1,
            inputScale: (2, 3)
        ),
        LayerCase(
            name: "groupNormalization-relu",
            kind: .groupNormalization(groups: 2, relu: true),
            shapes: [[16, 2, 6, 7]],
            weightShape: [16],
            biasCount: 16,
            weightScale: 1,
            inputScale: (2, 3)
        ),
        LayerCase(
            name: "groupNormalization-residual",
            kind: .groupNormalization(groups: 8, relu: true),
            shapes: [[16, 1, 6, 6], [16, 1, 6, 6]],
            weightShape: [16],
            biasCount: 16,
            weightScale: 1,
            inputScale: (2, 3)
        ),
        LayerCase(name: "relu", kind: .relu, shapes: [[16, 1, 4, 4]]),
        LayerCase(name: "maxPooling2D", kind: .maxPooling2D, shapes: [[16, 1, 8, 8]]),
        LayerCase(
            name: "nearestUpsampling2D",
            kind: .nearestUpsampling2D,
            shapes: [[16, 1, 4, 4]]
        ),
        LayerCase(
            name: "bilinearUpsampling2D-2",
            kind: .bilinearUpsampling2D(factor: 2),
            shapes: [[1, 1, 5, 6]]
        ),
        LayerCase(
            name: "bilinearUpsampling2D-4",
            kind: .bilinearUpsampling2D(factor: 4),
            shapes: [[1, 1, 5, 6]]
        ),
        LayerCase(
            name: "globalAveragePooling",
            kind: .globalAveragePooling,
            shapes: [[16, 1, 6, 6]]
        ),
        LayerCase(name: "globalMaxPooling", kind: .globalMaxPooling, shapes: [[16, 1, 6, 6]]),
        LayerCase(
            name: "pixelClassifier",
            kind: .pixelClassifier,
            shapes: [[16, 1, 6, 6]],
            weightShape: [1, 16, 1, 1],
            biasCount: 1
        ),
        LayerCase(
            name: "linear",
            kind: .linear(outputs: 6),
            shapes: [[40, 1, 1, 1]],
            weightShape: [6, 40],
            biasCount: 6
        ),
    ]
}

@Suite("Layers agree with PyTorch")
struct LayerVectorTests {
    @Test(
        "Every layer's output and gradients, on every instruction set and block size",
        arguments: LayerCase.all
    )
    func layer(_ layer: LayerCase) throws {
        let golden = try Vectors.tensors("layers")
        for set in InstructionSet.available {
            // A plain input exists only beside blocks of 16.
            let isPlain: Bool
            if case .convolution3D(_, _, stem: .plain) = layer.kind {
                isPlain = true
            } else {
                isPlain = false
            }
            for block in isPlain ? [16] : [8, 16] {
                let probe = try LayerProbe(
                    layer.kind,
                    inputShapes: layer.shapes,
                    instructionSet: set,
                    largestBlock: block
                )
                try compare(probe, layer, golden, tolerance: 2e-5)
            }
        }
    }

    @Test("Gradients of parameters add up over the images of a batch", arguments: LayerCase.all)
    func addsUp(_ layer: LayerCase) throws {
        guard !layer.weightShape.isEmpty else { return }
        let golden = try Vectors.tensors("layers")
        let probe = try LayerProbe(layer.kind, inputShapes: layer.shapes)
        let expected = try #require(golden["\(layer.name).y"])
        let outcome = try probe.run(
            inputs: layer.inputs,
            parameters: try layer.parameters(),
            outputGradient: Vectors.uniform("\(layer.name).g", expected.shape),
            repetitions: 3
        )
        for (name, gradient) in zip(
            outcome.parameterGradients.names,
            outcome.parameterGradients.tensors
        ) {
            let once = try #require(golden["\(layer.name).d\(name)"])
            let thrice = Tensor(shape: once.shape, values: once.values.map { 3 * $0 })
            #expect(relativeError(gradient, thrice) < 3e-5, "\(name)")
        }
    }

    @Test("bf16 follows fp32 to the precision of its 8 bits", arguments: LayerCase.all)
    func bfloat16(_ layer: LayerCase) throws {
        // Rounding to 8 bits makes ties, and the maximum of a tie is another element than in fp32.
        guard InstructionSet.best == .avx512, layer.name != "maxPooling2D" else { return }
        let golden = try Vectors.tensors("layers")
        let probe: LayerProbe
        do {
            probe = try LayerProbe(
                layer.kind,
                inputShapes: layer.shapes,
                precision: .bfloat16
            )
        } catch let error where error.code == .unsupportedPrecision {
            return
        }
        // Group normalization of rounded values and rounded gradients loses a little more.
        try compare(probe, layer, golden, tolerance: 4e-2)
    }

    private func compare(
        _ probe: LayerProbe,
        _ layer: LayerCase,
        _ golden: NamedTensors,
        tolerance: Float
    ) throws {
        let expected = try #require(golden["\(layer.name).y"])
        let outcome = try probe.run(
            inputs: layer.inputs,
            parameters: try layer.parameters(),
            outputGradient: Vectors.uniform("\(layer.name).g", expected.shape)
        )
        #expect(relativeError(outcome.output, expected) < tolerance)
        for (part, gradient) in zip(["dx", "dr"], outcome.inputGradients) {
            let reference = try #require(golden["\(layer.name).\(part)"])
            #expect(relativeError(gradient, reference) < tolerance, "\(part)")
        }
        for (name, gradient) in zip(
            outcome.parameterGradients.names,
            outcome.parameterGradients.tensors
        ) {
            let reference = try #require(golden["\(layer.name).d\(name)"])
            #expect(relativeError(gradient, reference) < tolerance, "\(name)")
        }
    }
}
