import DICOM

/// A rectangle of pixels, from the top left corner of the image.
package struct PixelRegion: Hashable, Sendable, Codable {
    /// The first column.
    package let column: Int

    /// The first row.
    package let row: Int

    /// The number of columns.
    package let width: Int

    /// The number of rows.
    package let height: Int

    /// Makes a rectangle.
    package init(column: Int, row: Int, width: Int, height: Int) {
        self.column = column
        self.row = row
        self.width = width
        self.height = height
    }

    /// The regions with overlapping ones joined, from top to bottom.
    static func merged(_ regions: [PixelRegion]) -> [PixelRegion] {
        var merged: [PixelRegion] = []
        for region in regions.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) {
            var joined = region
            merged.removeAll { other in
                guard other.overlaps(joined) else { return false }
                joined = other.union(joined)
                return true
            }
            merged.append(joined)
        }
        return merged
    }

    /// The whole band of a line of text: across the picture, with what hangs over and under it.
    func band(in frame: DecodedFrame) -> PixelRegion {
        let margin = max(3, height / 2)
        let top = max(0, row - margin)
        let bottom = min(frame.rows, row + height + margin)
        return PixelRegion(column: 0, row: top, width: frame.columns, height: bottom - top)
    }

    /// The region with so many pixels more on each side, within a picture.
    func widened(by margin: Int, rows: Int, columns: Int) -> PixelRegion {
        let (left, top) = (max(0, column - margin), max(0, row - margin))
        return PixelRegion(
            column: left,
            row: top,
            width: min(columns, column + width + margin) - left,
            height: min(rows, row + height + margin) - top
        )
    }

    /// Whether this region covers at least half of another.
    func covers(half other: PixelRegion) -> Bool {
        let across = min(column + width, other.column + other.width) - max(column, other.column)
        let down = min(row + height, other.row + other.height) - max(row, other.row)
        return across > 0 && down > 0 && 2 * across * down >= other.width * other.height
    }

    private func overlaps(_ other: PixelRegion) -> Bool {
        column < other.column + other.width && other.column < column + width
            && row < other.row + other.height && other.row < row + height
    }

    private func union(_ other: PixelRegion) -> PixelRegion {
        let left = min(column, other.column)
        let top = min(row, other.row)
        return PixelRegion(
            column: left,
            row: top,
            width: max(column + width, other.column + other.width) - left,
            height: max(row + height, other.row + other.height) - top
        )
    }
}
