/// A connected set of pixels: its bounding box and what its shape tells.
struct Component: Hashable, Sendable {
    var minColumn: Int
    var maxColumn: Int
    var minRow: Int
    var maxRow: Int
    /// The number of pixels.
    var area = 0
    /// The number of horizontal runs.
    var runCount = 0
    /// The sides of pixels towards other pixels of the image.
    var edgeCount = 0
    /// Those of them across which the brightness falls by the contrast asked for.
    var fallingEdgeCount = 0

    /// The greatest value of a pixel.
    var peak = Int32.min

    init(column: Int, row: Int) {
        minColumn = column
        maxColumn = column
        minRow = row
        maxRow = row
    }

    /// Takes a pixel in.
    mutating func add(column: Int, row: Int) {
        area += 1
        minColumn = min(minColumn, column)
        maxColumn = max(maxColumn, column)
        minRow = min(minRow, row)
        maxRow = max(maxRow, row)
    }

    var width: Int { maxColumn - minColumn + 1 }
    var height: Int { maxRow - minRow + 1 }

    /// The part of the bounding box that is covered.
    var fill: Double { Double(area) / Double(width * height) }

    /// The mean length of a horizontal run: about the width of an upright stroke.
    var meanRun: Double { Double(area) / Double(max(1, runCount)) }
}
