/// The slices of one head scan in small, from which the face is found.
///
/// Slices are given one by one and kept at about 1.5 mm, so that a study of any length fits.
package struct SliceStack: Sendable {
    /// One slice, blocks of pixels averaged, in HU.
    struct Reduced: Sendable {
        let placement: SlicePlacement
        /// The place along the normal, in mm.
        let location: Double
        let values: [Int16]
    }

    private(set) var slices: [Reduced] = []

    /// An empty stack.
    package init() {}

    /// Takes a slice in; HU are `slope` times the stored value plus `intercept`.
    package mutating func append(
        _ samples: [Int32],
        placement: SlicePlacement,
        slope: Double,
        intercept: Double
    ) {
        precondition(samples.count == placement.rows * placement.columns, "a slice is whole")
        let down = max(1, Int((1.5 / placement.rowSpacing).rounded(.down)))
        let across = max(1, Int((1.5 / placement.columnSpacing).rounded(.down)))
        let rows = placement.rows / down
        let columns = placement.columns / across
        let scale = slope / Double(down * across)
        var values = [Int16](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0
                for line in row * down..<(row + 1) * down {
                    let start = line * placement.columns + column * across
                    for index in start..<start + across { sum += Int(samples[index]) }
                }
                let hounsfield = Double(sum) * scale + intercept
                values[row * columns + column] = Int16(max(-2000, min(4000, hounsfield)))
            }
        }
        let corner = placement.point(row: Double(down - 1) / 2, column: Double(across - 1) / 2)
        let reduced = SlicePlacement(
            rows: rows,
            columns: columns,
            rowSpacing: placement.rowSpacing * Double(down),
            columnSpacing: placement.columnSpacing * Double(across),
            position: corner,
            rowDirection: placement.rowDirection,
            columnDirection: placement.columnDirection
        )
        let location = SlicePlacement.dot(corner, reduced.normal)
        slices.append(Reduced(placement: reduced, location: location, values: values))
    }

    /// The slices in the order of their places, one for each place.
    var ordered: [Reduced] {
        var result: [Reduced] = []
        for slice in slices.sorted(by: { $0.location < $1.location }) {
            if let last = result.last, slice.location - last.location < 0.01 { continue }
            result.append(slice)
        }
        return result
    }
}
