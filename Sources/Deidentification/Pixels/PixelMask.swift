/// Some pixels of a picture.
struct PixelMask: Sendable {
    let rows: Int
    let columns: Int
    /// One byte a pixel, 1 where the pixel is among them.
    let cells: [UInt8]

    /// The pixels for whose values a condition holds.
    init(_ values: [Int32], rows: Int, columns: Int, where holds: (Int32) -> Bool) {
        self.rows = rows
        self.columns = columns
        cells = values.map { holds($0) ? 1 : 0 }
    }

    /// Whether a pixel is among them.
    func contains(row: Int, column: Int) -> Bool { cells[row * columns + column] != 0 }
}
