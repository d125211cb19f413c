/// A dense array of Float32 in row-major order (last dimension fastest), with value semantics.
///
/// Storage is 64-byte aligned and shared until one of the owners writes (copy on write).
package struct Tensor: Sendable {
    /// The extent of each dimension, outermost first; an empty shape is a scalar.
    package private(set) var shape: [Int]

    private var storage: TensorStorage

    /// A tensor of zeros.
    package init(shape: [Int]) {
        unsafe self.init(shape: shape) { unsafe $0.update(repeating: 0) }
    }

    /// A tensor with the given elements, whose number must be the product of `shape`.
    package init(shape: [Int], values: [Float]) {
        let count = Tensor.elementCount(of: shape)
        precondition(values.count == count, "number of values and shape differ")
        unsafe self.init(shape: shape) { buffer in
            _ = unsafe buffer.initialize(fromContentsOf: values)
        }
    }

    /// A tensor whose elements `body` writes; it must write every one of them.
    @unsafe
    package init<E: Error>(
        shape: [Int],
        initializingWith body:
            (UnsafeMutableBufferPointer<Float>) throws(E) -> Void
    ) throws(E) {
        self.shape = shape
        self.storage = TensorStorage(uninitializedCount: Tensor.elementCount(of: shape))
        try unsafe body(UnsafeMutableBufferPointer(start: storage.base, count: storage.count))
    }

    /// The number of elements.
    package var count: Int { storage.count }

    /// A copy of the elements in row-major order.
    package var values: [Float] {
        unsafe withUnsafeBuffer { unsafe Array($0) }
    }

    /// The element at a row-major position.
    package subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count, "index outside the tensor")
            return unsafe storage.base[index]
        }
        set {
            precondition(index >= 0 && index < count, "index outside the tensor")
            makeUnique()
            unsafe storage.base[index] = newValue
        }
    }

    /// The same elements under another shape of the same element count.
    package func reshaped(_ shape: [Int]) -> Tensor {
        precondition(Tensor.elementCount(of: shape) == count, "shapes differ in element count")
        var result = self
        result.shape = shape
        return result
    }

    /// Lends the elements for reading; the buffer must not escape.
    @unsafe
    package func withUnsafeBuffer<R, E: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafeBufferPointer(start: storage.base, count: storage.count))
    }

    /// Lends the elements for writing; copies them first if another tensor shares them.
    @unsafe
    package mutating func withUnsafeMutableBuffer<R, E: Error>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws(E) -> R
    ) throws(E) -> R {
        makeUnique()
        return try unsafe body(
            UnsafeMutableBufferPointer(start: storage.base, count: storage.count)
        )
    }

    /// The product of the extents.
    ///
    /// A negative extent or a product above `Int.max` is an error of the caller.
    package static func elementCount(of shape: [Int]) -> Int {
        shape.reduce(1) { product, extent in
            precondition(extent >= 0, "negative extent")
            return product * extent
        }
    }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
    }
}

extension Tensor: Equatable {
    /// Equal shapes and equal elements (as `Float`: a NaN equals nothing).
    package static func == (left: Tensor, right: Tensor) -> Bool {
        guard left.shape == right.shape else { return false }
        return unsafe left.withUnsafeBuffer { a in
            unsafe right.withUnsafeBuffer { b in unsafe a.elementsEqual(b) }
        }
    }
}
