internal import COneDNN

/// One oneDNN engine and stream, for use by the thread that made it.
///
/// All of oneDNN's C API (2.6) is called from this folder only, so that 3.x or another engine can
/// take its place.
@safe
final class OneDNN {
    let engine: dnnl_engine_t
    let stream: dnnl_stream_t

    /// Creates engine and stream, and keeps oneDNN on the calling thread alone.
    init() throws(NeuralNetworkError) {
        omp_set_num_threads(1)
        var engine: dnnl_engine_t?
        try unsafe OneDNN.check(dnnl_engine_create(&engine, dnnl_cpu, 0), "create an engine")
        guard let engine = unsafe engine else { throw OneDNN.missing("engine") }
        var stream: dnnl_stream_t?
        let status = unsafe dnnl_stream_create(
            &stream,
            engine,
            UInt32(dnnl_stream_default_flags.rawValue)
        )
        guard status == dnnl_success, let stream = unsafe stream else {
            unsafe dnnl_engine_destroy(engine)
            throw OneDNN.missing("stream")
        }
        unsafe self.engine = engine
        unsafe self.stream = stream
    }

    deinit {
        unsafe dnnl_stream_destroy(stream)
        unsafe dnnl_engine_destroy(engine)
    }

    /// Turns a status into an error that says what was being done.
    static func check(_ status: dnnl_status_t, _ what: String) throws(NeuralNetworkError) {
        guard status == dnnl_success else {
            throw NeuralNetworkError(.engine, "oneDNN cannot \(what) (status \(status.rawValue))")
        }
    }

    static func missing(_ what: String) -> NeuralNetworkError {
        NeuralNetworkError(.engine, "oneDNN gave no \(what)")
    }

    /// The version of the library that is loaded, as "2.6.3".
    static var version: String {
        guard let version = unsafe dnnl_version() else { return "unknown" }
        return unsafe "\(version.pointee.major).\(version.pointee.minor).\(version.pointee.patch)"
    }
}
