extension NamedTensors {
    /// The element-wise sum in Float32; both sides must have the same layout.
    package static func + (left: NamedTensors, right: NamedTensors) -> NamedTensors {
        left.combined(with: right) { $0 + $1 }
    }

    /// The element-wise difference in Float32; both sides must have the same layout.
    package static func - (left: NamedTensors, right: NamedTensors) -> NamedTensors {
        left.combined(with: right) { $0 - $1 }
    }

    /// Every element times `factor`, multiplied in Float64 and rounded once.
    package func scaled(by factor: Double) -> NamedTensors {
        mapTensors { _, tensor in
            var result = tensor
            unsafe result.withUnsafeMutableBuffer { buffer in
                for index in buffer.indices {
                    unsafe buffer[index] = Float(Double(buffer[index]) * factor)
                }
            }
            return result
        }
    }

    /// The Euclidean norm over all elements, summed in Float64 in the order of names.
    package var l2Norm: Double {
        var sum = 0.0
        for tensor in tensors {
            unsafe tensor.withUnsafeBuffer { buffer in
                for index in buffer.indices {
                    let value = unsafe Double(buffer[index])
                    sum += value * value
                }
            }
        }
        return sum.squareRoot()
    }

    /// Whether no element is infinite or NaN.
    package var isFinite: Bool {
        tensors.allSatisfy { tensor in
            unsafe tensor.withUnsafeBuffer { unsafe $0.allSatisfy(\.isFinite) }
        }
    }

    private func combined(
        with other: NamedTensors,
        _ operation: (Float, Float) -> Float
    ) -> NamedTensors {
        precondition(hasSameLayout(as: other), "names or shapes of the two sides differ")
        var result = self
        for position in names.indices {
            unsafe other.tensors[position].withUnsafeBuffer { right in
                unsafe result[position: position].withUnsafeMutableBuffer { left in
                    for index in left.indices {
                        unsafe left[index] = operation(left[index], right[index])
                    }
                }
            }
        }
        return result
    }
}
