internal import CKernels
internal import Synchronization
package import Tensors

/// A model on fixed worker threads: losses and gradients of batches, and predictions.
///
/// Parameters are values that come in and go out; the network keeps only compiled layers and
/// memory, for the last input size it saw. A batch is split over the workers in runs of
/// neighbours, each worker takes one image at a time forward and backward, and the workers' sums
/// are added in their order: the same bits for the same parameters, batch and thread count.
/// Calls from several threads wait for one another.
package final class Network: Sendable {
    /// The model.
    package let description: ModelDescription

    /// The element type inside convolutions.
    package let precision: Precision

    private let objective: ObjectiveWeights
    private let layout: NamedTensors
    private let pool: WorkerPool
    private let slots: [WorkerSlot]
    private let turn = Mutex<Void>(())

    /// Starts the worker threads; layers are compiled when the first input shows its size.
    ///
    /// `threads`: 1 to 256.
    /// - Throws: `invalidDescription`.
    package init(
        description: ModelDescription,
        threads: Int,
        precision: Precision = .float32,
        objective: ObjectiveWeights = .standard
    ) throws(NeuralNetworkError) {
        guard (1...256).contains(threads) else {
            throw NeuralNetworkError(.invalidDescription, "threads must be 1 to 256")
        }
        var layout = NamedTensors()
        for parameter in try description.parameterShapes {
            layout[parameter.name] = Tensor(shape: parameter.shape)
        }
        DenseMatrix.useCallingThreadOnly()
        self.description = description
        self.precision = precision
        self.objective = objective
        self.layout = layout
        pool = WorkerPool(count: threads)
        slots = (0..<threads).map { _ in WorkerSlot() }
    }

    deinit {
        pool.run { [slots] in slots[$0].clear() }
    }

    /// What computes here, for the record of a run.
    package var record: EngineRecord {
        EngineRecord(threads: pool.count, precision: precision)
    }

    /// The mean loss of a batch and its gradient.
    ///
    /// `batch`: at least one example; all inputs of one size.
    /// - Throws: `parametersMismatch`, `inputMismatch`, or an error of the engine.
    package func lossAndGradients(
        parameters: NamedTensors,
        batch: [TrainingExample]
    ) throws -> BatchResult {
        try check(parameters)
        let size = try InputCheck(description).size(of: batch)
        let scale = 1 / Double(batch.count)
        let parts = try onEachWorker(count: batch.count) {
            [self] slot, range -> ([Double], NamedTensors) in
            let instance = try instance(in: slot, size)
            instance.begin(parameters)
            let losses = range.map { instance.train(batch[$0], scale: scale) }
            return (losses, instance.gradients(like: layout))
        }
        let losses = parts.flatMap { $0.0 }
        return BatchResult(
            loss: losses.reduce(0, +) * scale,
            gradients: Network.sum(parts.map { $0.1 }),
            perExampleLoss: losses
        )
    }

    /// Probabilities for each input, in order.
    ///
    /// `inputs`: slabs [windows, depth, height, width], all of one size.
    /// - Throws: `parametersMismatch`, `inputMismatch`, or an error of the engine.
    package func predict(parameters: NamedTensors, inputs: [Tensor]) throws -> [Prediction] {
        guard !inputs.isEmpty else { return [] }
        try check(parameters)
        let size = try InputCheck(description).size(of: inputs)
        return try onEachWorker(count: inputs.count) { [self] slot, range -> [Prediction] in
            let instance = try instance(in: slot, size)
            instance.begin(parameters)
            return range.map { instance.predict(inputs[$0]) }
        }.flatMap { $0 }
    }

    /// The oneDNN implementation of every pass of every convolution, for inputs of a size.
    ///
    /// - Throws: `inputMismatch`, or an error of the engine.
    package func implementations(height: Int, width: Int) throws -> [String] {
        try InputCheck(description).check(height: height, width: width)
        return try onEachWorker(count: 1) { [self] slot, _ -> [String] in
            try instance(in: slot, (height, width)).implementations
        }.flatMap { $0 }
    }

    // MARK: Workers

    /// Splits `0 ..< count` into one run a worker and returns the results in order.
    private func onEachWorker<Result: Sendable>(
        count: Int,
        _ body:
            @escaping @Sendable (WorkerSlot, Range<Int>) throws -> Result
    ) throws -> [Result] {
        let workers = pool.count
        let outcomes = Outcomes<Result>(count: workers)
        turn.withLock { _ in
            pool.run { [slots] number in
                let range = count * number / workers..<count * (number + 1) / workers
                guard !range.isEmpty else { return }
                outcomes.set(number) { try body(slots[number], range) }
            }
        }
        return try outcomes.all()
    }

    private func instance(
        in slot: WorkerSlot,
        _ size: (height: Int, width: Int)
    ) throws(NeuralNetworkError) -> NetworkInstance {
        try slot.instance(height: size.height, width: size.width) {
            () throws(NeuralNetworkError) in
            try NetworkInstance(
                description,
                precision: precision,
                objective: objective,
                height: size.height,
                width: size.width
            )
        }
    }

    private func check(_ parameters: NamedTensors) throws(NeuralNetworkError) {
        guard parameters.hasSameLayout(as: layout) else {
            throw NeuralNetworkError(
                .parametersMismatch,
                "names or shapes of the parameters are not those of the model"
            )
        }
    }

    /// The sum in the order of workers.
    private static func sum(_ parts: [NamedTensors]) -> NamedTensors {
        guard var total = parts.first else { return NamedTensors() }
        let loops = unsafe ParameterUpdate.loops
        for part in parts.dropFirst() {
            for position in total.names.indices {
                unsafe total[position: position].withUnsafeMutableBuffer { sum in
                    unsafe part[position: position].withUnsafeBuffer { addend in
                        guard let to = sum.baseAddress, let from = addend.baseAddress else {
                            return
                        }
                        unsafe loops.pointee.axpy(Int64(sum.count), 1, from, to)
                    }
                }
            }
        }
        return total
    }
}
