/// The weighted mean Σ wᵢ xᵢ / Σ wᵢ of vectors of equal length, in Float64.
///
/// Sums in the order in which the vectors are added; a vector of weight 0 does not matter, whatever
/// it holds.
package struct WeightedMean {
    private var sums: [Double]
    private var totalWeight = 0.0

    /// A mean of no vectors of this length yet.
    package init(count: Int) {
        sums = [Double](repeating: 0, count: count)
    }

    /// Adds a vector with a finite weight of at least 0.
    package mutating func add<Element: BinaryFloatingPoint>(_ values: [Element], weight: Double) {
        precondition(values.count >= sums.count, "vectors differ in length")
        precondition(weight.isFinite && weight >= 0, "weight is negative or not finite")
        guard weight > 0 else { return }
        totalWeight += weight
        unsafe values.withUnsafeBufferPointer { values in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
                for index in sums.indices {
                    unsafe sums[index] += weight * Double(values[index])
                }
            }
        }
    }

    /// The mean; nil while the weights sum to 0.
    package var mean: [Double]? {
        guard totalWeight > 0 else { return nil }
        return sums.map { $0 / totalWeight }
    }

    /// Forgets the vectors and starts anew with this length, keeping the memory.
    mutating func restart(count: Int) {
        totalWeight = 0
        sums.removeAll(keepingCapacity: true)
        sums.append(contentsOf: repeatElement(0, count: count))
    }

    /// Adds the mean to a model's block in place; returns the sum of squares of what was added.
    mutating func apply(to model: inout [Float]) -> Double {
        precondition(totalWeight > 0, "no vector was added")
        precondition(model.count >= sums.count, "vectors differ in length")
        // Four sums, element i in the one of i mod 4, so that no addition waits for the last one.
        var squares = SIMD4<Double>(repeating: 0)
        let scale = SIMD4<Double>(repeating: totalWeight)
        unsafe model.withUnsafeMutableBufferPointer { model in
            unsafe sums.withUnsafeBufferPointer { sums in
                let whole = sums.count & ~3
                for index in stride(from: 0, to: whole, by: 4) {
                    let steps =
                        unsafe SIMD4(
                            sums[index],
                            sums[index + 1],
                            sums[index + 2],
                            sums[index + 3]
                        ) / scale
                    squares += steps * steps
                    for lane in 0..<4 {
                        unsafe model[index + lane] = Float(
                            Double(model[index + lane]) + steps[lane]
                        )
                    }
                }
                for index in whole..<sums.count {
                    let step = unsafe sums[index] / totalWeight
                    squares[index & 3] += step * step
                    unsafe model[index] = Float(Double(model[index]) + step)
                }
            }
        }
        return squares.sum()
    }
}
