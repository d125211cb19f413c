internal import Tensors

extension ConvolutionKernel {
    /// Takes the weights from the tensor of a name, whose order is output, input, row, column.
    func load(_ values: NamedTensors, name: String) {
        guard let tensor = values[name] else { preconditionFailure("parameters were not checked") }
        unsafe tensor.withUnsafeBuffer { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe load(base)
        }
    }

    /// Writes the sum of gradients into the tensor of a name.
    func exportGradient(into gradients: inout NamedTensors, name: String) {
        unsafe gradients.withUnsafeElements(of: name) { unsafe exportGradient(to: $0) }
    }
}

extension NamedTensors {
    /// Lends the elements of a tensor that is there, for writing in place.
    mutating func withUnsafeElements(
        of name: String,
        _ body: (UnsafeMutablePointer<Float>) -> Void
    ) {
        guard let position = position(of: name) else {
            preconditionFailure("parameters were not checked")
        }
        unsafe self[position: position].withUnsafeMutableBuffer { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe body(base)
        }
    }
}
