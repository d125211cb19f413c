/// A set of tensors with unique names, ordered ascending by the UTF-8 bytes of the name.
///
/// The parameters, gradients and updates of a model. The order is part of the value: it fixes the
/// order of sums and the bytes of a safetensors file.
package struct NamedTensors: Sendable, Equatable {
    /// The names in ascending byte order.
    package private(set) var names: [String]

    /// The tensors in the order of `names`.
    package private(set) var tensors: [Tensor]

    /// An empty set.
    package init() {
        names = []
        tensors = []
    }

    /// The given tensors, brought into order; throws `duplicateName` if a name occurs twice.
    package init(_ elements: [(String, Tensor)]) throws(TensorError) {
        let sorted = elements.sorted { NamedTensors.precedes($0.0, $1.0) }
        for (left, right) in zip(sorted, sorted.dropFirst())
        where !NamedTensors.precedes(left.0, right.0) {
            throw TensorError(.duplicateName, "two tensors are named '\(left.0)'")
        }
        names = sorted.map(\.0)
        tensors = sorted.map(\.1)
    }

    private init(names: [String], tensors: [Tensor]) {
        self.names = names
        self.tensors = tensors
    }

    /// The number of tensors.
    package var count: Int { names.count }

    /// The number of elements of all tensors together.
    package var elementCount: Int { tensors.reduce(0) { $0 + $1.count } }

    /// The tensor of a name, or nil; assigning nil removes it.
    package subscript(name: String) -> Tensor? {
        get {
            let position = firstPosition(notBefore: name)
            return matches(position, name) ? tensors[position] : nil
        }
        set {
            let position = firstPosition(notBefore: name)
            replace(at: position, exists: matches(position, name), name: name, with: newValue)
        }
    }

    /// The position of a name in `names`, or nil.
    package func position(of name: String) -> Int? {
        let position = firstPosition(notBefore: name)
        return matches(position, name) ? position : nil
    }

    /// The tensor at a position of `names`, for changes in place without a copy.
    package subscript(position position: Int) -> Tensor {
        get { tensors[position] }
        _modify { yield &tensors[position] }
    }

    /// Whether both have the same names with the same shapes.
    package func hasSameLayout(as other: NamedTensors) -> Bool {
        names == other.names && zip(tensors, other.tensors).allSatisfy { $0.shape == $1.shape }
    }

    /// The same layout with every element zero.
    package func zeros() -> NamedTensors {
        NamedTensors(names: names, tensors: tensors.map { Tensor(shape: $0.shape) })
    }

    /// Each tensor replaced by what `body` makes of it.
    package func mapTensors<E: Error>(
        _ body: (String, Tensor) throws(E) -> Tensor
    ) throws(E) -> NamedTensors {
        var result = self
        for position in names.indices {
            result.tensors[position] = try body(names[position], tensors[position])
        }
        return result
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private func firstPosition(notBefore name: String) -> Int {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if NamedTensors.precedes(names[middle], name) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private func matches(_ position: Int, _ name: String) -> Bool {
        position < names.count && names[position].utf8.elementsEqual(name.utf8)
    }

    private mutating func replace(
        at position: Int,
        exists: Bool,
        name: String,
        with tensor: Tensor?
    ) {
        switch (exists, tensor) {
        case (true, let tensor?): tensors[position] = tensor
        case (false, let tensor?):
            names.insert(name, at: position)
            tensors.insert(tensor, at: position)
        case (true, nil):
            names.remove(at: position)
            tensors.remove(at: position)
        case (false, nil): break
        }
    }
}
