/// Pixels as runs of columns, row by row: sparse, so that cuts of strokes cost what they hold.
struct PixelRuns: Sendable {
    /// Columns from `start` up to, but without, `end`.
    struct Run: Sendable {
        let start: Int32
        let end: Int32
    }

    let rows: Int
    let columns: Int
    private(set) var runs: [Run] = []
    /// Where the runs of each row begin; one more than there are rows.
    private(set) var rowStarts: [Int] = [0]

    private init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        rowStarts.reserveCapacity(rows + 1)
    }

    /// The runs of a mask.
    init(_ mask: PixelMask) {
        self.init(rows: mask.rows, columns: mask.columns)
        let cells = mask.cells
        for row in 0..<rows {
            appendRuns(in: 0..<mask.columns) { cells[row * mask.columns + $0] != 0 }
            rowStarts.append(runs.count)
        }
    }

    /// The runs of values at or above a level.
    init(_ values: [Int32], rows: Int, columns: Int, from level: Int32) {
        self.init(rows: rows, columns: columns)
        for row in 0..<rows {
            appendRuns(in: 0..<columns) { values[row * columns + $0] >= level }
            rowStarts.append(runs.count)
        }
    }

    /// What of these runs is at or above a level.
    func cut(_ values: [Int32], from level: Int32) -> PixelRuns {
        var result = PixelRuns(rows: rows, columns: columns)
        for row in 0..<rows {
            for run in runs[rowStarts[row]..<rowStarts[row + 1]] {
                result.appendRuns(in: Int(run.start)..<Int(run.end)) {
                    values[row * columns + $0] >= level
                }
            }
            result.rowStarts.append(result.runs.count)
        }
        return result
    }

    /// The number of pixels in a rectangle.
    func count(in region: PixelRegion) -> Int {
        let (left, right) = (Int32(region.column), Int32(region.column + region.width))
        var count = 0
        for row in max(0, region.row)..<max(0, min(rows, region.row + region.height)) {
            for run in runs[rowStarts[row]..<rowStarts[row + 1]] where run.end > left {
                if run.start >= right { break }
                count += Int(min(run.end, right) - max(run.start, left))
            }
        }
        return count
    }

    @inline(__always)
    private mutating func appendRuns(in columns: Range<Int>, where holds: (Int) -> Bool) {
        var column = columns.lowerBound
        while column < columns.upperBound {
            while column < columns.upperBound, !holds(column) { column += 1 }
            guard column < columns.upperBound else { return }
            let start = column
            while column < columns.upperBound, holds(column) { column += 1 }
            runs.append(Run(start: Int32(start), end: Int32(column)))
        }
    }
}
