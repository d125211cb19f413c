/// Where the pixels of a slice lie in the patient (DICOM PS3.3 C.7.6.2.1.1).
package struct SlicePlacement: Hashable, Sendable {
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int
    /// The distance between rows in mm.
    package let rowSpacing: Double
    /// The distance between columns in mm.
    package let columnSpacing: Double
    /// The patient position of the first pixel, in mm (left, posterior, superior).
    package let position: SIMD3<Double>
    /// The direction along a row.
    package let rowDirection: SIMD3<Double>
    /// The direction down a column.
    package let columnDirection: SIMD3<Double>

    /// Places a slice; spacings are positive, directions orthogonal unit vectors.
    package init(
        rows: Int,
        columns: Int,
        rowSpacing: Double,
        columnSpacing: Double,
        position: SIMD3<Double>,
        rowDirection: SIMD3<Double>,
        columnDirection: SIMD3<Double>
    ) {
        precondition(rows > 0 && columns > 0, "a slice has pixels")
        precondition(rowSpacing > 0 && columnSpacing > 0, "a spacing is positive")
        self.rows = rows
        self.columns = columns
        self.rowSpacing = rowSpacing
        self.columnSpacing = columnSpacing
        self.position = position
        self.rowDirection = rowDirection
        self.columnDirection = columnDirection
    }

    /// The direction at right angles to the slice.
    var normal: SIMD3<Double> {
        let (a, b) = (rowDirection, columnDirection)
        return SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }

    /// The patient position of a pixel.
    func point(row: Double, column: Double) -> SIMD3<Double> {
        position + rowDirection * (column * columnSpacing) + columnDirection * (row * rowSpacing)
    }

    static func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }
}
