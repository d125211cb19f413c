internal import COneDNN

/// A oneDNN memory object over memory that someone else owns.
@safe
final class EngineMemory {
    let handle: dnnl_memory_t

    init(
        _ oneDNN: OneDNN,
        _ description: dnnl_memory_desc_t,
        at pointer: UnsafeMutableRawPointer
    ) throws(NeuralNetworkError) {
        var description = description
        var handle: dnnl_memory_t?
        try unsafe OneDNN.check(
            dnnl_memory_create(&handle, &description, oneDNN.engine, pointer),
            "make a memory object"
        )
        guard let handle = unsafe handle else { throw OneDNN.missing("memory object") }
        unsafe self.handle = handle
    }

    deinit { unsafe dnnl_memory_destroy(handle) }
}
