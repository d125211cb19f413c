internal import CKernels
internal import Tensors

/// What the optimizers share: checks, loops, and names of their state.
enum ParameterUpdate {
    /// Throws unless all sets have the layout of the parameters.
    static func check(
        _ parameters: NamedTensors,
        _ others: [(what: String, tensors: NamedTensors)]
    ) throws(NeuralNetworkError) {
        for other in others where !other.tensors.hasSameLayout(as: parameters) {
            throw NeuralNetworkError(
                .parametersMismatch,
                "\(other.what) and parameters differ in names or shapes"
            )
        }
    }

    /// Runs `body` on each tensor's gradient, two state tensors and the parameters themselves.
    @unsafe
    static func each(
        _ parameters: inout NamedTensors,
        _ gradients: NamedTensors,
        _ state: inout [NamedTensors],
        _ body: (
            Int64, UnsafePointer<Float>, [UnsafeMutablePointer<Float>], UnsafeMutablePointer<Float>
        ) -> Void
    ) {
        for position in parameters.names.indices {
            let count = Int64(gradients[position: position].count)
            // State tensors are never shared while they are updated, so their addresses hold.
            let states = unsafe state.indices.compactMap { index in
                unsafe state[index][position: position].withUnsafeMutableBuffer {
                    $0.baseAddress
                }
            }
            unsafe parameters[position: position].withUnsafeMutableBuffer { values in
                unsafe gradients[position: position].withUnsafeBuffer { gradient in
                    guard let values = values.baseAddress, let gradient = gradient.baseAddress
                    else { return }
                    unsafe body(count, gradient, states, values)
                }
            }
        }
    }

    /// The plain loops for this CPU.
    static var loops: UnsafePointer<ck_array_kernels> {
        unsafe ck_array_kernels_for(ck_best_level())
    }

    /// The tensors under a prefix, without it.
    static func part(_ state: NamedTensors, _ prefix: String) throws(NeuralNetworkError)
        -> NamedTensors
    {
        var result = NamedTensors()
        for name in state.names where name.hasPrefix(prefix) {
            result[String(name.dropFirst(prefix.count))] = state[name]
        }
        guard result.count > 0 else {
            throw NeuralNetworkError(
                .parametersMismatch,
                "the optimizer's state has no tensors under '\(prefix)'"
            )
        }
        return result
    }

    /// Adds tensors under a prefix.
    static func add(_ tensors: NamedTensors, _ prefix: String, to state: inout NamedTensors) {
        for (name, tensor) in zip(tensors.names, tensors.tensors) { state[prefix + name] = tensor }
    }
}
