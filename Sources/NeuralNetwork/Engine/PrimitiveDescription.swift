internal import COneDNN

/// A oneDNN primitive descriptor: the implementation chosen, and the layouts it wants.
@safe
final class PrimitiveDescription {
    let handle: dnnl_primitive_desc_t

    /// The implementation for an operation descriptor, with the forward one as a hint.
    init(
        _ oneDNN: OneDNN,
        _ operation: inout dnnl_convolution_desc_t,
        hint: PrimitiveDescription? = nil,
        label: String
    ) throws(NeuralNetworkError) {
        var handle: dnnl_primitive_desc_t?
        let hintHandle = unsafe hint?.handle
        let status = unsafe withUnsafePointer(to: &operation) {
            unsafe dnnl_primitive_desc_create(
                &handle,
                UnsafeRawPointer($0),
                nil,
                oneDNN.engine,
                hintHandle
            )
        }
        try OneDNN.check(status, "find an implementation for \(label)")
        guard let handle = unsafe handle else { throw OneDNN.missing("implementation") }
        unsafe self.handle = handle
    }

    /// The implementation of a change of layout or type.
    init(
        _ oneDNN: OneDNN,
        reordering source: dnnl_memory_desc_t,
        to destination: dnnl_memory_desc_t
    ) throws(NeuralNetworkError) {
        var source = source
        var destination = destination
        var handle: dnnl_primitive_desc_t?
        try unsafe OneDNN.check(
            dnnl_reorder_primitive_desc_create(
                &handle,
                &source,
                oneDNN.engine,
                &destination,
                oneDNN.engine,
                nil
            ),
            "find a reorder"
        )
        guard let handle = unsafe handle else { throw OneDNN.missing("reorder") }
        unsafe self.handle = handle
    }

    /// The name oneDNN gives the implementation, such as "jit:avx512_core".
    var implementation: String {
        var text: UnsafePointer<CChar>?
        let status = unsafe withUnsafeMutablePointer(to: &text) {
            unsafe dnnl_primitive_desc_query(
                handle,
                dnnl_query_impl_info_str,
                0,
                UnsafeMutableRawPointer($0)
            )
        }
        guard status == dnnl_success, let text = unsafe text else { return "unknown" }
        return unsafe String(cString: text)
    }

    /// The layout it wants for its weights or their gradient.
    func layout(_ query: dnnl_query_t) throws(NeuralNetworkError) -> dnnl_memory_desc_t {
        guard let description = unsafe dnnl_primitive_desc_query_md(handle, query, 0) else {
            throw OneDNN.missing("layout")
        }
        return unsafe description.pointee
    }

    deinit { unsafe dnnl_primitive_desc_destroy(handle) }
}
