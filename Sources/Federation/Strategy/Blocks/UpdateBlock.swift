/// The same elements of several vectors side by side, in Float64: a row a site, in site-id order.
package struct UpdateBlock: Sendable {
    /// The number of rows.
    package let rows: Int
    /// The elements of a row.
    package private(set) var width: Int

    private var values: [Double]

    /// A block of so many rows that holds nothing yet.
    package init(rows: Int) {
        self.rows = rows
        width = 0
        values = []
    }

    /// A block of vectors of equal length.
    package init(_ vectors: [[Double]]) {
        rows = vectors.count
        width = vectors.first?.count ?? 0
        precondition(
            vectors.allSatisfy { $0.count == vectors[0].count },
            "vectors differ in length"
        )
        values = vectors.flatMap(\.self)
    }

    /// Changes the width, keeping the memory; what the rows hold is undefined until they are set.
    mutating func resize(to width: Int) {
        self.width = width
        let count = rows * width
        if values.count > count { values.removeLast(values.count - count) }
        if values.count < count {
            values.append(contentsOf: repeatElement(0, count: count - values.count))
        }
    }

    /// Sets a row from the front of Float32 values.
    mutating func set(row: Int, to elements: [Float]) {
        precondition(row < rows && elements.count >= width, "row or length outside the block")
        let start = row * width
        unsafe values.withUnsafeMutableBufferPointer { values in
            unsafe elements.withUnsafeBufferPointer { elements in
                for index in 0..<width {
                    unsafe values[start + index] = Double(elements[index])
                }
            }
        }
    }

    /// A copy of a row.
    package func row(_ index: Int) -> [Double] {
        Array(values[index * width..<(index + 1) * width])
    }

    /// Adds `factor` times a row to a vector of the block's width.
    func add(row: Int, times factor: Double, to vector: inout [Double]) {
        precondition(row < rows && vector.count >= width, "row or length outside the block")
        let start = row * width
        unsafe values.withUnsafeBufferPointer { values in
            unsafe vector.withUnsafeMutableBufferPointer { vector in
                for index in 0..<width {
                    unsafe vector[index] += factor * values[start + index]
                }
            }
        }
    }

    /// The scalar product of a row and a vector of the block's width.
    func dot(row: Int, _ vector: [Double]) -> Double {
        precondition(row < rows && vector.count >= width, "row or length outside the block")
        let start = row * width
        return unsafe values.withUnsafeBufferPointer { values in
            unsafe vector.withUnsafeBufferPointer { vector in
                Self.sum(width) { unsafe values[start + $0] * vector[$0] }
            }
        }
    }

    /// The sum of squares of a row.
    func squares(row: Int) -> Double {
        let start = row * width
        return unsafe values.withUnsafeBufferPointer { values in
            Self.sum(width) { unsafe values[start + $0] * values[start + $0] }
        }
    }

    /// The squared Euclidean distance of two rows.
    func squaredDistance(_ first: Int, _ second: Int) -> Double {
        let (first, second) = (first * width, second * width)
        return unsafe values.withUnsafeBufferPointer { values in
            Self.sum(width) { index in
                let difference = unsafe values[first + index] - values[second + index]
                return difference * difference
            }
        }
    }

    /// Sums terms in four lanes, term i in lane i mod 4: no addition waits for the one before it.
    @inline(__always)
    private static func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
        var lanes = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index + 4 <= count {
            lanes.0 += term(index)
            lanes.1 += term(index + 1)
            lanes.2 += term(index + 2)
            lanes.3 += term(index + 3)
            index += 4
        }
        while index < count {
            lanes.0 += term(index)
            index += 1
        }
        return (lanes.0 + lanes.1) + (lanes.2 + lanes.3)
    }

    /// Calls `body` with each element's position and its values over all rows, in row order.
    ///
    /// The column may be changed by `body`; the block does not change.
    func forEachColumn(_ body: (_ position: Int, _ column: inout [Double]) -> Void) {
        var column = [Double](repeating: 0, count: rows)
        unsafe values.withUnsafeBufferPointer { values in
            for position in 0..<width {
                for row in 0..<rows { column[row] = unsafe values[row * width + position] }
                body(position, &column)
            }
        }
    }
}
