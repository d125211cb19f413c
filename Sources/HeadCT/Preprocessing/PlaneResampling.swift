/// Resamples slices of one plane onto the prepared grid.
struct PlaneResampling: Sendable {
    private let across: AxisWeights
    private let down: AxisWeights
    private let columns: Int

    init(across: AxisWeights, down: AxisWeights, columns: Int) {
        self.across = across
        self.down = down
        self.columns = columns
    }

    /// Adds the resampled slice, times a weight, to a grid.
    ///
    /// - Parameters:
    ///   - source: Rows × columns values, row-major.
    ///   - background: The value outside the source.
    ///   - weight: The factor for the slice.
    ///   - grid: Outputs down × outputs across, row-major.
    func accumulate(
        _ source: [Int16],
        background: Float,
        weight: Float,
        into grid: inout [Float]
    ) {
        precondition(grid.count == across.count * down.count, "the grid has the outputs' size")
        let needed = across.inputRange
        var line = [Float](repeating: 0, count: columns)
        unsafe source.withUnsafeBufferPointer { source in
            unsafe line.withUnsafeMutableBufferPointer { line in
                for row in 0..<down.count {
                    unsafe fill(line, with: source, row: row, needed: needed, background)
                    unsafe combine(line, row: row, background, weight, into: &grid)
                }
            }
        }
    }

    /// The weighted sum of the source rows under one output row.
    private func fill(
        _ line: UnsafeMutableBufferPointer<Float>,
        with source: UnsafeBufferPointer<Int16>,
        row: Int,
        needed: Range<Int>,
        _ background: Float
    ) {
        let base = down.outside[row] * background
        for column in needed { unsafe line[column] = base }
        for tap in down.offsets[row]..<down.offsets[row + 1] {
            let weight = down.weights[tap]
            let start = (down.firsts[row] + tap - down.offsets[row]) * columns
            for column in needed {
                unsafe line[column] += weight * Float(source[start + column])
            }
        }
    }

    /// The weighted sums of a line's columns under each output of one row.
    private func combine(
        _ line: UnsafeMutableBufferPointer<Float>,
        row: Int,
        _ background: Float,
        _ weight: Float,
        into grid: inout [Float]
    ) {
        let start = row * across.count
        unsafe across.weights.withUnsafeBufferPointer { weights in
            for output in 0..<across.count {
                var sum = across.outside[output] * background
                let first = across.offsets[output]
                let shift = across.firsts[output] - first
                for tap in first..<across.offsets[output + 1] {
                    unsafe sum += weights[tap] * line[tap + shift]
                }
                grid[start + output] += weight * sum
            }
        }
    }
}
