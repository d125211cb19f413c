/// A connected set of pixels: its bounding box and what its shape tells.
struct Component: Hashable, Sendable {
    var minColumn: Int
    var maxColumn: Int
    var minRow: Int
    var maxRow: Int
    /// The number of pixels.
    var area: Int
    /// The number of horizontal runs.
    var rowRunCount: Int
    /// The number of vertical runs.
    var columnRunCount: Int
    /// The greatest value of a pixel.
    var peak: Int32
    /// The sum of the values of all pixels.
    var sum: Int

    var width: Int { maxColumn - minColumn + 1 }
    var height: Int { maxRow - minRow + 1 }

    /// The part of the bounding box that is covered.
    var fill: Double { Double(area) / Double(width * height) }

    /// The mean length of a horizontal run: about the width of an upright stroke.
    var meanRun: Double { Double(area) / Double(max(1, rowRunCount)) }

    /// The width of its strokes, whichever way they run.
    var strokeWidth: Double { Double(area) / Double(max(rowRunCount, columnRunCount, 1)) }

    /// How near its pixels come to its peak: near 1 for flat strokes with sharp edges.
    var flatness: Double { Double(sum) / Double(area) / Double(max(1, peak)) }

    /// How many letters it may be: neighbours of thin letters often touch.
    var letterCount: Double {
        let strokes = Double(rowRunCount) / Double(height)
        return max(1, min(Double(width) / (0.75 * Double(height)), strokes / 1.4))
    }

    /// The component of the transposed picture.
    var transposed: Component {
        Component(
            minColumn: minRow,
            maxColumn: maxRow,
            minRow: minColumn,
            maxRow: maxColumn,
            area: area,
            rowRunCount: columnRunCount,
            columnRunCount: rowRunCount,
            peak: peak,
            sum: sum
        )
    }

    /// Takes another set in that touches this one.
    mutating func join(_ other: Component) {
        minColumn = min(minColumn, other.minColumn)
        maxColumn = max(maxColumn, other.maxColumn)
        minRow = min(minRow, other.minRow)
        maxRow = max(maxRow, other.maxRow)
        area += other.area
        rowRunCount += other.rowRunCount
        columnRunCount += other.columnRunCount
        peak = max(peak, other.peak)
        sum += other.sum
    }

    /// Takes a pixel in; runs are not counted so.
    mutating func add(column: Int, row: Int) {
        minColumn = min(minColumn, column)
        maxColumn = max(maxColumn, column)
        minRow = min(minRow, row)
        maxRow = max(maxRow, row)
        area += 1
    }
}

extension Component {
    /// No pixel yet, at the place of the first.
    init(column: Int, row: Int) {
        self.init(
            minColumn: column,
            maxColumn: column,
            minRow: row,
            maxRow: row,
            area: 0,
            rowRunCount: 0,
            columnRunCount: 0,
            peak: .min,
            sum: 0
        )
    }
}
