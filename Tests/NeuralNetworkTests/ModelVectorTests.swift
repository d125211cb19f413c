import Foundation
import NeuralNetwork
import Tensors
import Testing

/// models.json.
private struct ModelReport: Decodable {
    struct Steps: Decodable {
        let losses: [Double]
        let projections: [String: [Double]]
    }

    struct Model: Decodable {
        let weights: ObjectiveWeights
        let losses: [Double]
        let steps: [String: Steps]
    }

    let models: [String: Model]
}

@Suite("Small models agree with PyTorch")
struct ModelVectorTests {
    static let descriptions: [String: ModelDescription] = [
        "hybrid": .hybrid(
            HybridModel(windows: 2, slabDepth: 5, stemChannels: 8, channels: [8, 16], groups: 4)
        ),
        "m1": .m1(SliceClassifierModel(windows: 3, channels: [8, 16], groups: 4)),
        "m2": .m2(SlabUNetModel(stemChannels: 8, channels: [8, 16], groups: 4)),
    ]

    /// The parameters of `start` in generate.py.
    static func parameters(_ description: ModelDescription) throws -> NamedTensors {
        try NamedTensors(
            try description.parameterShapes.map { parameter in
                let shape = parameter.shape
                if shape.count > 1 {
                    let fanIn = Double(shape.dropFirst().reduce(1, *))
                    let scale = exp2(log2((6 / fanIn).squareRoot()).rounded(.toNearestOrEven))
                    return (parameter.name, Vectors.uniform(parameter.name, shape, scale: scale))
                }
                let offset: Float = parameter.name.hasSuffix("weight") ? 1 : 0
                let tensor = Vectors.uniform(parameter.name, shape, scale: 0.25)
                return (
                    parameter.name, Tensor(shape: shape, values: tensor.values.map { $0 + offset })
                )
            }
        )
    }

    /// The batch of `examples` in generate.py.
    static func batch(_ name: String, _ description: ModelDescription) -> [TrainingExample] {
        let (channels, depth) = description.inputShape
        return (0..<3).map { index in
            let draws = Vectors.uniform("\(name).labels.\(index)", [6]).values
            let labels = draws.enumerated().map { k, value -> Float? in
                index == 1 && (k == 0 || k == 3) ? nil : (value > 0.3 ? 1 : 0)
            }
            let mask = Vectors.uniform("\(name).mask.\(index)", [16, 16])
            return TrainingExample(
                input: Vectors.uniform("\(name).input.\(index)", [channels, depth, 16, 16]),
                mask: index == 2
                    ? nil : Tensor(shape: [16, 16], values: mask.values.map { $0 > 0.7 ? 1 : 0 }),
                labels: labels
            )
        }
    }

    private static func report(_ name: String) throws -> ModelReport.Model {
        let data = try Data(contentsOf: Vectors.folder.appending(path: "models.json"))
        return try #require(try JSONDecoder().decode(ModelReport.self, from: data).models[name])
    }

    @Test("Loss and every gradient", arguments: ["hybrid", "m1", "m2"], [1, 2])
    func gradients(_ name: String, threads: Int) throws {
        let description = try #require(Self.descriptions[name])
        let report = try Self.report(name)
        let network = try Network(
            description: description,
            threads: threads,
            objective: report.weights
        )
        let result = try network.lossAndGradients(
            parameters: try Self.parameters(description),
            batch: Self.batch(name, description)
        )
        for (found, expected) in zip(result.perExampleLoss, report.losses) {
            #expect(abs(found - expected) < 2e-5 * max(1, expected))
        }
        #expect(abs(result.loss - report.losses.reduce(0, +) / 3) < 2e-5)
        let golden = try Vectors.tensors(name)
        #expect(golden.names == result.gradients.names)
        for (index, parameter) in golden.names.enumerated() {
            let error = relativeError(
                result.gradients[position: index],
                golden[position: index]
            )
            #expect(error < 2e-4, "\(parameter)")
        }
    }

    @Test("Four steps of SGD with momentum and of Adam", arguments: ["hybrid", "m1", "m2"])
    func steps(_ name: String) throws {
        let description = try #require(Self.descriptions[name])
        let report = try Self.report(name)
        let network = try Network(description: description, threads: 1, objective: report.weights)
        let batch = Self.batch(name, description)
        let optimizers: [(String, any Optimizer, Double)] = [
            ("sgd", SGDMomentum(momentum: 0.9, weightDecay: 0.01), 0.02),
            ("adam", Adam(weightDecay: 0.01), 0.002),
        ]
        for (label, start, rate) in optimizers {
            var optimizer = start
            var parameters = try Self.parameters(description)
            let expected = try #require(report.steps[label])
            for loss in expected.losses {
                let result = try network.lossAndGradients(parameters: parameters, batch: batch)
                #expect(abs(result.loss - loss) < 2e-4 * max(1, loss), "\(label)")
                try optimizer.step(
                    parameters: &parameters,
                    gradients: result.gradients,
                    learningRate: rate
                )
            }
            for (tensorName, tensor) in zip(parameters.names, parameters.tensors) {
                let probe = Vectors.uniform("projection." + tensorName, tensor.shape).values
                let values = tensor.values.map(Double.init)
                let projection = zip(values, probe).reduce(0) { $0 + $1.0 * Double($1.1) }
                let norm = values.reduce(0) { $0 + $1 * $1 }
                let golden = try #require(expected.projections[tensorName])
                #expect(abs(projection - golden[0]) < 2e-4 * max(1, abs(golden[0])), "\(label)")
                #expect(abs(norm - golden[1]) < 2e-4 * max(1, golden[1]), "\(label)")
            }
        }
    }
}
