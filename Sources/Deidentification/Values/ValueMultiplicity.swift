/// How many values an attribute may have, as PS3.6 prints it: `1`, `1-3`, `1-n`, `2-2n`.
struct ValueMultiplicity: Hashable, Sendable {
    private let low: Int
    private let high: Int
    private let step: Int

    /// Reads the printed form; what cannot be read allows nothing.
    init(_ text: String) {
        let bounds = text.split(separator: " ").first.map { $0.split(separator: "-") } ?? []
        low = bounds.first.flatMap { Int($0) } ?? Int.max
        guard bounds.count == 2 else {
            high = low
            step = 1
            return
        }
        if let last = Int(bounds[1]) {
            high = max(low, last)
            step = 1
        } else {
            high = Int.max
            step = Int(bounds[1].dropLast()) ?? 1
        }
    }

    /// Whether any number of values is allowed, as in `1-n`.
    var isOpen: Bool { low == 1 && high == Int.max }

    /// Whether an attribute of this multiplicity may have `count` values.
    func allows(_ count: Int) -> Bool {
        count >= low && count <= high && count.isMultiple(of: step)
    }
}
