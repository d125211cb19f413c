import Foundation

/// The rules that add `Σ cᵢ δᵢ / d` to the global model: they differ in the factors only.
struct LinearRule {
    /// The factor of each site's update.
    let factors: [Double]
    /// What the sum is divided by, once.
    let divisor: Double

    /// The weighted mean.
    static func mean(_ weights: [Double]) -> LinearRule {
        LinearRule(factors: weights, divisor: weights.reduce(0, +))
    }

    /// The step of a block; rows are summed in their order.
    func step(_ block: UpdateBlock) -> [Double] {
        var sum = [Double](repeating: 0, count: block.width)
        step(block, into: &sum)
        return sum
    }

    /// The step of a block into a vector of zeros.
    func step(_ block: UpdateBlock, into sum: inout [Double]) {
        for (row, factor) in factors.enumerated() where factor != 0 {
            block.add(row: row, times: factor, to: &sum)
        }
        for index in sum.indices { sum[index] /= divisor }
    }
}
