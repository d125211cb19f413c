/// How many values an attribute may have, as PS3.6 prints it: `1`, `1-3`, `1-n`, `2-2n`.
enum ValueMultiplicity {
    /// Whether an attribute of this multiplicity may have `count` values.
    static func allows(_ count: Int, _ multiplicity: String) -> Bool {
        let bounds = multiplicity.split(separator: " ")[0].split(separator: "-")
        guard let first = bounds.first, let low = Int(first) else { return false }
        guard bounds.count == 2 else { return count == low }
        if let high = Int(bounds[1]) { return (low...max(low, high)).contains(count) }
        let step = Int(bounds[1].dropLast()) ?? 1
        return count >= low && count.isMultiple(of: step)
    }
}
