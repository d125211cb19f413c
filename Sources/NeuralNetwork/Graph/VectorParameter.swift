internal import Tensors

/// A small parameter that our own loops read directly: its values and the sum of its gradients.
@safe
final class VectorParameter {
    let shape: ParameterShape
    private let valueMemory: AlignedMemory
    private let gradientMemory: AlignedMemory
    private let count: Int

    /// A vector whose elements all start as `start`.
    convenience init(_ name: String, count: Int, start: Float) {
        self.init(
            ParameterShape(name: name, shape: [count], initialization: .constant(start))
        )
    }

    /// A parameter of any shape.
    init(_ shape: ParameterShape) {
        self.shape = shape
        count = Tensor.elementCount(of: shape.shape)
        valueMemory = AlignedMemory(floats: count)
        gradientMemory = AlignedMemory(floats: count)
    }

    var values: UnsafeMutablePointer<Float> { unsafe valueMemory.floats }
    var gradient: UnsafeMutablePointer<Float> { unsafe gradientMemory.floats }

    func load(_ parameters: NamedTensors) {
        guard let tensor = parameters[shape.name] else {
            preconditionFailure("parameters were not checked")
        }
        unsafe tensor.withUnsafeBuffer { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe values.update(from: base, count: count)
        }
    }

    func clear() { gradientMemory.clear() }

    func export(into gradients: inout NamedTensors) {
        unsafe gradients.withUnsafeElements(of: shape.name) {
            unsafe $0.update(from: gradient, count: count)
        }
    }
}
