internal import COneDNN

/// Weights (or their gradient) in the layout and type a primitive wants, and the way to and from
/// a plain tensor.
@safe
final class LaidOutWeights {
    /// The memory object for the primitive.
    let memory: EngineMemory

    /// The number of elements with the padding of the layout.
    let elementCount: Int

    private let storage: AlignedMemory
    private let plain: AlignedMemory
    private let plainMemory: EngineMemory
    private let reorderIn: Primitive
    private let reorderOut: Primitive
    private let count: Int

    init(
        _ oneDNN: OneDNN, _ geometry: ConvolutionGeometry, _ layout: dnnl_memory_desc_t
    ) throws(NeuralNetworkError) {
        var layout = layout
        let byteCount = unsafe dnnl_memory_desc_get_size(&layout)
        elementCount = byteCount / 4
        storage = AlignedMemory(byteCount: byteCount)
        memory = try unsafe EngineMemory(oneDNN, layout, at: storage.base)
        count = geometry.weightCount
        plain = AlignedMemory(floats: count)
        let plainLayout = try MemoryDescription.plainWeights(geometry)
        plainMemory = try unsafe EngineMemory(oneDNN, plainLayout, at: plain.base)
        let incoming = try PrimitiveDescription(oneDNN, reordering: plainLayout, to: layout)
        reorderIn = try unsafe Primitive(oneDNN, incoming.handle)
        let outgoing = try PrimitiveDescription(oneDNN, reordering: layout, to: plainLayout)
        reorderOut = try unsafe Primitive(oneDNN, outgoing.handle)
    }

    /// The elements as floats; only for a Float32 layout.
    var floats: UnsafeMutablePointer<Float> { unsafe storage.floats }

    /// Fills the layout from weights in the order output, input, row, column.
    func load(_ weights: UnsafePointer<Float>) {
        unsafe plain.floats.update(from: weights, count: count)
        reorderIn.run(
            PrimitiveArguments([(DNNL_ARG_FROM, plainMemory), (DNNL_ARG_TO, memory)]))
    }

    /// Writes the elements in the order output, input, row, column.
    func export(to weights: UnsafeMutablePointer<Float>) {
        reorderOut.run(
            PrimitiveArguments([(DNNL_ARG_FROM, memory), (DNNL_ARG_TO, plainMemory)]))
        unsafe weights.update(from: plain.floats, count: count)
    }
}
