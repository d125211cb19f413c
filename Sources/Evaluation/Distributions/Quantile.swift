/// Sample quantiles.
package enum Quantile {
    /// The type-7 quantile (R's default) of values sorted ascending; nil when there are none.
    package static func type7(sorted: [Double], _ p: Double) -> Double? {
        guard let last = sorted.indices.last else { return nil }
        let position = Double(last) * p
        let below = Int(position)
        let above = min(below + 1, last)
        return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
}
