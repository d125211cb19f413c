import DICOM

/// The pixels of the head in one slice, so that nothing is painted over it.
struct HeadShadow {
    private let rows: Int
    private let columns: Int
    private var head: [Bool]

    /// Finds the objects of at least 1 % of the picture above -500 HU, text left out.
    init(
        _ frame: DecodedFrame,
        slope: Double,
        intercept: Double,
        ignoring text: [PixelRegion]
    ) {
        rows = frame.rows
        columns = frame.columns
        let threshold = Int32(((-500 - intercept) / slope).rounded())
        var isTissue = frame.samples.map { $0 > threshold }
        let core = Self.objects(isTissue, rows, columns, least: rows * columns / 100)
        // Letters beside the head are objects of their own; those that touch it are found below.
        for region in text where !Self.any(core, in: region, columns) {
            for row in region.row..<region.row + region.height {
                for column in region.column..<region.column + region.width {
                    isTissue[row * frame.columns + column] = false
                }
            }
        }
        head = Self.objects(isTissue, rows, columns, least: rows * columns / 100)
    }

    /// Whether a pixel belongs to the head.
    func isHead(row: Int, column: Int) -> Bool { head[row * columns + column] }

    /// Whether a region with so many pixels around it touches the head.
    func touches(_ region: PixelRegion, margin: Int) -> Bool {
        for row in max(0, region.row - margin)..<min(rows, region.row + region.height + margin) {
            let left = max(0, region.column - margin)
            let right = min(columns, region.column + region.width + margin)
            for column in left..<max(left, right) where head[row * columns + column] { return true }
        }
        return false
    }

    private static func any(_ cells: [Bool], in region: PixelRegion, _ columns: Int) -> Bool {
        (region.row..<region.row + region.height).contains { row in
            let start = row * columns + region.column
            return cells[start..<start + region.width].contains(true)
        }
    }

    private static func objects(
        _ cells: [Bool],
        _ rows: Int,
        _ columns: Int,
        least: Int
    ) -> [Bool] {
        var seen = [Bool](repeating: false, count: cells.count)
        var result = seen
        for seed in cells.indices where cells[seed] && !seen[seed] {
            var object = [seed]
            var next = 0
            seen[seed] = true
            while next < object.count {
                let pixel = object[next]
                next += 1
                let column = pixel % columns
                func visit(_ exists: Bool, _ other: Int) {
                    guard exists, cells[other], !seen[other] else { return }
                    seen[other] = true
                    object.append(other)
                }
                visit(column > 0, pixel - 1)
                visit(column < columns - 1, pixel + 1)
                visit(pixel >= columns, pixel - columns)
                visit(pixel < (rows - 1) * columns, pixel + columns)
            }
            if object.count >= least { for pixel in object { result[pixel] = true } }
        }
        return result
    }
}
