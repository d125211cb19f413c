internal import Tensors

/// Checks inputs, masks and labels against a model before any address is computed from them.
struct InputCheck {
    private let description: ModelDescription

    init(_ description: ModelDescription) {
        self.description = description
    }

    /// The common height and width of the examples' inputs.
    func size(
        of batch: [TrainingExample]
    ) throws(NeuralNetworkError) -> (height: Int, width: Int) {
        let size = try size(of: batch.map(\.input))
        for (index, example) in batch.enumerated() {
            if let mask = example.mask, mask.shape != [size.height, size.width] {
                throw mismatch(
                    "the mask of example \(index) is \(mask.shape), not the input's size"
                )
            }
            guard example.labels.count >= description.labelCount else {
                throw mismatch("example \(index) has fewer than \(description.labelCount) labels")
            }
        }
        return size
    }

    /// The common height and width of inputs.
    func size(of inputs: [Tensor]) throws(NeuralNetworkError) -> (height: Int, width: Int) {
        guard let first = inputs.first else { throw mismatch("the batch is empty") }
        let (channels, depth) = description.inputShape
        for (index, input) in inputs.enumerated()
        where input.shape != first.shape || input.shape.count != 4
            || input.shape[0] != channels || input.shape[1] != depth
        {
            throw mismatch(
                "input \(index) is \(input.shape); the model takes [\(channels), \(depth), "
                    + "height, width], the same for all"
            )
        }
        try check(height: first.shape[2], width: first.shape[3])
        return (first.shape[2], first.shape[3])
    }

    /// Whether the model can take this size.
    func check(height: Int, width: Int) throws(NeuralNetworkError) {
        let multiple = description.sizeMultiple
        for extent in [height, width]
        where extent < multiple || extent % multiple != 0 || extent > 1024 {
            throw mismatch(
                "the model takes heights and widths that are multiples of \(multiple) up to 1024, "
                    + "not \(extent)"
            )
        }
    }

    private func mismatch(_ what: String) -> NeuralNetworkError {
        NeuralNetworkError(.inputMismatch, what)
    }
}
