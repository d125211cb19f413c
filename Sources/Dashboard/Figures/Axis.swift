/// A linear axis between two pixel positions, with round tick values.
struct Axis: Hashable {
    let low: Double
    let high: Double
    let start: Double
    let end: Double
    let step: Double

    /// Covers `values` from a tick to a tick; never empty.
    init(covering values: [Double], limits: ClosedRange<Double>, from start: Double, to end: Double)
    {
        let smallest = min(
            max(values.min() ?? limits.lowerBound, limits.lowerBound),
            limits.upperBound
        )
        let largest = min(max(values.max() ?? limits.upperBound, smallest), limits.upperBound)
        let step = Self.step(for: max(largest - smallest, 1e-3))
        self.step = step
        low = max((smallest / step).rounded(.down) * step, limits.lowerBound)
        let top = (largest / step).rounded(.up) * step
        high = min(max(top, low + step), limits.upperBound)
        self.start = start
        self.end = end
    }

    /// The pixel of a value, kept inside the axis.
    func position(_ value: Double) -> Double {
        let fraction = (min(max(value, low), high) - low) / (high - low)
        return start + fraction * (end - start)
    }

    var ticks: [Double] {
        let count = Int(((high - low) / step + 1e-6).rounded(.down))
        return (0...max(count, 1)).map { low + Double($0) * step }.filter { $0 <= high + 1e-9 }
    }

    var decimals: Int { step >= 1 ? 0 : step >= 0.1 - 1e-12 ? 1 : step >= 0.01 - 1e-12 ? 2 : 3 }

    /// 1, 2 or 5 times a power of ten, giving four to ten ticks.
    private static func step(for span: Double) -> Double {
        var unit = 1.0
        while unit > span / 4 { unit /= 10 }
        while unit * 10 <= span / 4 { unit *= 10 }
        return [5, 2, 1].map { $0 * unit }.first { span / $0 >= 4 } ?? unit
    }
}
