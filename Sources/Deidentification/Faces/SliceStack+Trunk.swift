/// Whether there is a head in a scan at all.
extension SliceStack {
    /// The least cross-section in cm² that is no head's, not even with an arm on either side.
    private static let trunkArea = 500.0

    /// Whether every slice shows one body wider than any head: then no face is among them.
    ///
    /// The neck of a chest, a cropped field of view or a child's trunk is doubt, and doubt is no.
    package var showsTrunkOnly: Bool {
        !slices.isEmpty && slices.allSatisfy { Self.bodyArea($0) >= Self.trunkArea }
    }

    private static let airLimit: Int16 = -300

    /// The area in cm² of the largest object of a slice, lungs and bowels filled.
    private static func bodyArea(_ slice: Reduced) -> Double {
        let (rows, columns) = (slice.placement.rows, slice.placement.columns)
        var seen = [Bool](repeating: false, count: rows * columns)
        func fill(_ seeds: [Int], _ isPassable: (Int) -> Bool) -> Int {
            var stack = seeds.filter { isPassable($0) && !seen[$0] }
            for seed in stack { seen[seed] = true }
            var count = 0
            while let pixel = stack.popLast() {
                count += 1
                let column = pixel % columns
                for (exists, other) in [
                    (column > 0, pixel - 1), (column < columns - 1, pixel + 1),
                    (pixel >= columns, pixel - columns),
                    (pixel < (rows - 1) * columns, pixel + columns),
                ] where exists && !seen[other] && isPassable(other) {
                    seen[other] = true
                    stack.append(other)
                }
            }
            return count
        }
        let ends = (0..<rows).flatMap { [$0 * columns, $0 * columns + columns - 1] }
        let border = ends + (0..<columns).flatMap { [$0, (rows - 1) * columns + $0] }
        _ = fill(border) { slice.values[$0] < airLimit }
        var largest = 0
        for seed in seen.indices where !seen[seed] {
            largest = max(largest, fill([seed]) { _ in true })
        }
        let pixel = slice.placement.rowSpacing * slice.placement.columnSpacing
        return Double(largest) * pixel / 100
    }
}
