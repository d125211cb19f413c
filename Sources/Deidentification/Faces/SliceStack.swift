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

    /// A stack of slices that were reduced before.
    init(_ slices: [Reduced]) { self.slices = slices }

    /// Takes a slice in; HU are `slope` times the stored value plus `intercept`.
    package mutating func append(
        _ samples: [Int32],
        placement: SlicePlacement,
        slope: Double,
        intercept: Double
    ) {
        slices.append(
            Self.reduced(samples, placement: placement, slope: slope, intercept: intercept)
        )
    }

    /// Takes in a slice that was reduced before.
    mutating func append(_ slice: Reduced) { slices.append(slice) }

    /// A slice in small; HU are `slope` times the stored value plus `intercept`.
    static func reduced(
        _ samples: [Int32],
        placement: SlicePlacement,
        slope: Double,
        intercept: Double
    ) -> Reduced {
        precondition(samples.count == placement.rows * placement.columns, "a slice is whole")
        let down = min(placement.rows, max(1, Int((1.5 / placement.rowSpacing).rounded(.down))))
        let across = min(
            placement.columns,
            max(1, Int((1.5 / placement.columnSpacing).rounded(.down)))
        )
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
        return Reduced(placement: reduced, location: location, values: values)
    }

    /// The length in mm of the longest run of slices no more than 16 mm apart, of at least four.
    ///
    /// What is apart farther is no surface; 0 if no four slices lie together.
    var longestRun: Double {
        var longest = 0.0
        var run: [Double] = []
        for slice in ordered {
            if let last = run.last, slice.location - last > 16 { run = [] }
            run.append(slice.location)
            if run.count >= 4 { longest = max(longest, slice.location - run[0]) }
        }
        return longest
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
