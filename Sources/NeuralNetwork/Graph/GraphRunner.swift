internal import CKernels
internal import Tensors

/// One worker's network: layers, memory and parameters, for one image at a time.
///
/// Used by one thread only, the one that made it.
@safe
final class GraphRunner {
    let context: EngineContext
    let memory: GraphMemory
    private let layers: [any Layer]

    /// Plans the memory of a graph and binds its layers.
    init(
        _ graph: GraphBuilder,
        inputs: Set<FeatureMap.ID>,
        outputs: Set<FeatureMap.ID>,
        wantsInputGradients: Bool = false
    ) throws(NeuralNetworkError) {
        context = graph.context
        layers = graph.layers
        memory = GraphMemory(
            graph,
            MemoryPlan(
                graph,
                inputs: inputs,
                kept: outputs,
                wantsInputGradients: wantsInputGradients
            )
        )
        for layer in layers { try layer.bind(memory) }
    }

    /// The parameters of all layers.
    var parameters: [ParameterShape] { layers.flatMap(\.parameters) }

    /// The oneDNN implementations of all layers.
    var implementations: [String] { layers.flatMap(\.implementations) }

    /// Takes the parameters, which must be all there with their shapes.
    func load(_ values: NamedTensors) {
        for layer in layers { layer.load(values) }
    }

    /// Forgets the gradients of the batch before.
    func beginBatch() {
        for layer in layers { layer.beginBatch() }
    }

    /// Computes every map from the inputs.
    func forward() {
        for layer in layers { layer.forward() }
    }

    /// Computes every gradient from the gradients of the outputs.
    func backward() {
        for layer in layers.reversed() { layer.backward() }
    }

    /// Writes the sums of the parameters' gradients.
    func exportGradients(into gradients: inout NamedTensors) {
        for layer in layers { layer.exportGradients(into: &gradients) }
    }

    // MARK: Maps as tensors

    /// Writes a tensor [channels, depth, height, width] into a map.
    ///
    /// With `fold` above 1 each depth of the map holds `fold` slices of the tensor as channels,
    /// the slice number varying slowest; otherwise the extents are the same.
    func write(
        _ tensor: Tensor,
        to map: FeatureMap.ID,
        fold: Int = 1,
        asGradient: Bool = false
    ) {
        let extents = memory[map]
        let (channels, depth) = (extents.channels / fold, extents.depth + fold - 1)
        precondition(
            tensor.count == channels * depth * extents.pixels,
            "tensor and map differ"
        )
        let target = unsafe asGradient ? memory.gradient(map) : memory.values(map)
        guard let target = unsafe target else { preconditionFailure("the map has no gradient") }
        unsafe tensor.withUnsafeBuffer { buffer in
            guard let base = buffer.baseAddress else { return }
            for d in 0..<extents.depth {
                let planes = unsafe (0..<extents.channels).map { index in
                    let (t, c) = (index / channels, index % channels)
                    return unsafe base + (c * depth + d + t) * extents.pixels
                }
                unsafe writeSlice(planes, extents, d, to: target)
            }
        }
    }

    /// The values or the gradient of a map as a tensor [channels, depth, height, width].
    func read(_ map: FeatureMap.ID, gradient: Bool = false) -> Tensor {
        let extents = memory[map]
        let source = unsafe gradient ? memory.gradient(map) : memory.values(map)
        guard let source = unsafe source else { preconditionFailure("the map has no gradient") }
        let shape = [extents.channels, extents.depth, extents.height, extents.width]
        if extents.form == .float {
            return unsafe Tensor(shape: shape) { buffer in
                let floats = unsafe UnsafeBufferPointer(
                    start: source.assumingMemoryBound(to: Float.self),
                    count: buffer.count
                )
                _ = unsafe buffer.initialize(from: floats)
            }
        }
        return unsafe readBlocked(extents, from: source, shape: shape)
    }

    private func writeSlice(
        _ planes: [UnsafePointer<Float>],
        _ map: FeatureMap,
        _ d: Int,
        to target: UnsafeMutableRawPointer
    ) {
        switch map.form {
        case .blocked:
            let padded = (map.channels + context.block - 1) / context.block * context.block
            unsafe context.maps.pointee.pack(
                Int64(map.channels),
                Int64(map.pixels),
                planes,
                target + d * padded * map.pixels * context.elementBytes
            )
        case .plain:
            for c in 0..<map.channels {
                let offset = (d * map.channels + c) * map.pixels * context.elementBytes
                unsafe context.maps.pointee.convert(Int64(map.pixels), planes[c], target + offset)
            }
        case .float:
            let floats = unsafe target.assumingMemoryBound(to: Float.self)
            for c in 0..<map.channels {
                unsafe (floats + (c * map.depth + d) * map.pixels).update(
                    from: planes[c],
                    count: map.pixels
                )
            }
        }
    }

    private func readBlocked(
        _ map: FeatureMap,
        from source: UnsafeMutableRawPointer,
        shape: [Int]
    ) -> Tensor {
        let padded = (map.channels + context.block - 1) / context.block * context.block
        var planes = [Float](repeating: 0, count: map.channels * map.pixels)
        return unsafe Tensor(shape: shape) { buffer in
            for d in 0..<map.depth {
                let slice = unsafe source + d * padded * map.pixels * context.elementBytes
                unsafe context.maps.pointee.unpack(
                    Int64(map.channels),
                    Int64(map.pixels),
                    slice,
                    &planes
                )
                for index in planes.indices {
                    let (c, pixel) = (index / map.pixels, index % map.pixels)
                    unsafe buffer[(c * map.depth + d) * map.pixels + pixel] = planes[index]
                }
            }
        }
    }
}
