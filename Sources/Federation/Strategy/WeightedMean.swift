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
        var squares = 0.0
        let scale = totalWeight
        unsafe model.withUnsafeMutableBufferPointer { model in
            unsafe sums.withUnsafeBufferPointer { sums in
                for index in sums.indices {
                    let step = unsafe sums[index] / scale
                    squares += step * step
                    unsafe model[index] = Float(Double(model[index]) + step)
                }
            }
        }
        return squares
    }
}
