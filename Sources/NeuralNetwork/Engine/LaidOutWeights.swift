internal import COneDNN

/// Weights (or their gradient) in the layout and type a primitive wants, and the way to and from
/// a plain tensor.
@safe
final class LaidOutWeights {
    /// The memory object for the primitive.
    let memory: EngineMemory

    /// The number of floats with the padding of the layout.
    let floatCount: Int

    private let storage: AlignedMemory
    private let oneDNN: OneDNN
    private let plainLayout: dnnl_memory_desc_t
    private let reorderIn: Primitive
    private let reorderOut: Primitive

    init(
        _ oneDNN: OneDNN,
        _ geometry: ConvolutionGeometry,
        _ layout: dnnl_memory_desc_t
    ) throws(NeuralNetworkError) {
        var layout = layout
        let byteCount = unsafe dnnl_memory_desc_get_size(&layout)
        floatCount = byteCount / 4
        storage = AlignedMemory(byteCount: byteCount)
        self.oneDNN = oneDNN
        memory = try unsafe EngineMemory(oneDNN, layout, at: storage.base)
        plainLayout = try MemoryDescription.plainWeights(geometry)
        let incoming = try PrimitiveDescription(oneDNN, reordering: plainLayout, to: layout)
        reorderIn = try unsafe Primitive(oneDNN, incoming.handle)
        let outgoing = try PrimitiveDescription(oneDNN, reordering: layout, to: plainLayout)
        reorderOut = try unsafe Primitive(oneDNN, outgoing.handle)
    }

    /// The elements as floats; only for a Float32 layout.
    var floats: UnsafeMutablePointer<Float> { unsafe storage.floats }

    /// Fills the layout from weights in the order output, input, row, column.
    func load(_ weights: UnsafePointer<Float>) {
        // The reorder only reads them; oneDNN has one kind of pointer for both directions.
        let plain = unsafe plainMemory(at: UnsafeMutableRawPointer(mutating: weights))
        reorderIn.run(PrimitiveArguments([(DNNL_ARG_FROM, plain), (DNNL_ARG_TO, memory)]))
    }

    /// Writes the elements in the order output, input, row, column.
    func export(to weights: UnsafeMutablePointer<Float>) {
        let plain = unsafe plainMemory(at: UnsafeMutableRawPointer(weights))
        reorderOut.run(PrimitiveArguments([(DNNL_ARG_FROM, memory), (DNNL_ARG_TO, plain)]))
    }

    private func plainMemory(at pointer: UnsafeMutableRawPointer) -> EngineMemory {
        do {
            return try unsafe EngineMemory(oneDNN, plainLayout, at: pointer)
        } catch {
            preconditionFailure("a memory object that was made before cannot be made: \(error)")
        }
    }
}
