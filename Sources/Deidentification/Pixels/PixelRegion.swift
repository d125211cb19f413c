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

    package init(column: Int, row: Int, width: Int, height: Int) {
        self.column = column
        self.row = row
        self.width = width
        self.height = height
    }
}
