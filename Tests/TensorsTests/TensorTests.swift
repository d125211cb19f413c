import Tensors
import Testing

@Suite("Tensors")
struct TensorTests {
    @Test("A written copy leaves the original alone")
    func copyOnWrite() {
        let original = Tensor(shape: [2, 2], values: [1, 2, 3, 4])
        var copy = original
        copy[3] = 9
        #expect(original.values == [1, 2, 3, 4])
        #expect(copy.values == [1, 2, 3, 9])
        #expect(copy != original)
    }

    @Test("Reshaping keeps the elements")
    func reshape() {
        let tensor = Tensor(shape: [2, 3], values: [0, 1, 2, 3, 4, 5])
        #expect(tensor.reshaped([6]).values == tensor.values)
        #expect(tensor.reshaped([3, 2]).shape == [3, 2])
    }

    @Test("Storage begins at a multiple of 64 bytes")
    func alignment() {
        for count in [1, 7, 1000] {
            let tensor = Tensor(shape: [count])
            let address = unsafe tensor.withUnsafeBuffer { buffer in
                UInt(bitPattern: buffer.baseAddress)
            }
            #expect(address % 64 == 0)
        }
    }

    @Test("Named tensors are ordered by bytes, found by name, and refuse a name twice")
    func naming() throws {
        var set = try NamedTensors([
            ("b", Tensor(shape: [1], values: [2])), ("B", Tensor(shape: [1], values: [1])),
            ("é", Tensor(shape: [2], values: [3, 4])),
        ])
        #expect(set.names == ["B", "b", "é"])
        #expect(set["b"]?.values == [2])
        #expect(set["c"] == nil)
        set["a"] = Tensor(shape: [1], values: [7])
        #expect(set.names == ["B", "a", "b", "é"])
        set["B"] = nil
        #expect(set.names == ["a", "b", "é"])
        #expect(set.elementCount == 4)
        #expect(throws: TensorError.self) {
            try NamedTensors([("a", Tensor(shape: [1])), ("a", Tensor(shape: [2]))])
        }
    }

    @Test("Sums, differences, scaling and norm")
    func arithmetic() throws {
        let left = try NamedTensors([("a", Tensor(shape: [2], values: [3, 4]))])
        let right = try NamedTensors([("a", Tensor(shape: [2], values: [1, 2]))])
        #expect((left + right)["a"]?.values == [4, 6])
        #expect((left - right)["a"]?.values == [2, 2])
        #expect(left.scaled(by: 0.5)["a"]?.values == [1.5, 2])
        #expect(left.l2Norm == 5)
        #expect(left.isFinite)
        #expect(!left.scaled(by: .infinity).isFinite)
    }

    @Test("A matrix product agrees with the sum of products")
    func product() {
        let left = (0..<6).map(Float.init)
        let right = (0..<12).map { Float($0) - 5 }
        var expected = [Float](repeating: 0, count: 8)
        for row in 0..<2 {
            for column in 0..<4 {
                for inner in 0..<3 {
                    expected[row * 4 + column] += left[row * 3 + inner] * right[inner * 4 + column]
                }
            }
        }
        #expect(DenseMatrix.product(left, rows: 2, inner: 3, right, columns: 4) == expected)
    }
}
