internal import COneDNN

/// A compiled oneDNN operation.
@safe
final class Primitive {
    private let oneDNN: OneDNN
    private let handle: dnnl_primitive_t

    /// Compiles a description; the description stays the caller's.
    init(_ oneDNN: OneDNN, _ description: dnnl_primitive_desc_t) throws(NeuralNetworkError) {
        var handle: dnnl_primitive_t?
        try unsafe OneDNN.check(
            dnnl_primitive_create(&handle, description),
            "compile a primitive"
        )
        guard let handle = unsafe handle else { throw OneDNN.missing("primitive") }
        self.oneDNN = oneDNN
        unsafe self.handle = handle
    }

    /// Runs on the calling thread and returns when it is done.
    func run(_ arguments: PrimitiveArguments) {
        let status = unsafe arguments.list.withUnsafeBufferPointer { list in
            unsafe dnnl_primitive_execute(
                handle,
                oneDNN.stream,
                Int32(list.count),
                list.baseAddress
            )
        }
        precondition(status == dnnl_success, "a compiled oneDNN primitive refused to run")
    }

    deinit { unsafe dnnl_primitive_destroy(handle) }
}
