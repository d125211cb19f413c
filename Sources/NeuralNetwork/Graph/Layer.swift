internal import Tensors

/// One step of a network, forward and backward, on maps at fixed addresses.
///
/// A layer belongs to one worker. It keeps the sum of its parameters' gradients over the images of
/// a batch; feature maps belong to the graph.
protocol Layer: AnyObject {
    /// The maps it reads.
    var inputs: [FeatureMap.ID] { get }

    /// The maps it writes.
    var outputs: [FeatureMap.ID] { get }

    /// The inputs and outputs whose values (not gradients) its backward pass reads.
    var retained: [FeatureMap.ID] { get }

    /// Its parameters, by full name.
    var parameters: [ParameterShape] { get }

    /// The oneDNN implementations it runs, for the record.
    var implementations: [String] { get }

    /// Takes the addresses of its maps; called once, before anything runs.
    func bind(_ memory: GraphMemory) throws(NeuralNetworkError)

    /// Takes its parameters' values.
    func load(_ values: NamedTensors)

    /// Forgets the gradients of the batch before.
    func beginBatch()

    /// Computes the outputs from the inputs.
    func forward()

    /// Computes the gradients of inputs and parameters from the gradients of the outputs.
    func backward()

    /// Writes the sums of its parameters' gradients into tensors of their names.
    func exportGradients(into gradients: inout NamedTensors)
}

extension Layer {
    var parameters: [ParameterShape] { [] }
    var implementations: [String] { [] }
    func load(_ values: NamedTensors) {}
    func beginBatch() {}
    func exportGradients(into gradients: inout NamedTensors) {}
}
