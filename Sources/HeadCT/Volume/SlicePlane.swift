/// Where an image lies in the patient (PS3.3 section C.7.6.2): LPS coordinates in mm.
package struct SlicePlane: Sendable, Hashable {
    /// The centre of the first pixel.
    package let position: SIMD3<Double>
    /// The unit vector along a row, towards higher columns.
    package let rowDirection: SIMD3<Double>
    /// The unit vector along a column, towards higher rows.
    package let columnDirection: SIMD3<Double>
    /// The distances between pixel centres.
    package let pixelSpacing: PixelSpacing
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int

    /// Makes a plane.
    ///
    /// - Throws: `invalid-attribute` for directions that are not unit vectors at right angles, or a
    ///   size of nothing.
    package init(
        position: SIMD3<Double>,
        rowDirection: SIMD3<Double>,
        columnDirection: SIMD3<Double>,
        pixelSpacing: PixelSpacing,
        rows: Int,
        columns: Int
    ) throws(HeadCTError) {
        guard position.isFinite else {
            throw HeadCTError(.invalidAttribute, "ImagePositionPatient is not three numbers")
        }
        guard abs(rowDirection.length - 1) < 1e-2, abs(columnDirection.length - 1) < 1e-2,
            abs(rowDirection.dot(columnDirection)) < 1e-2
        else {
            throw HeadCTError(
                .invalidAttribute,
                "ImageOrientationPatient is not two unit vectors at right angles"
            )
        }
        guard rows > 0, columns > 0 else {
            throw HeadCTError(.invalidAttribute, "Rows or Columns is zero")
        }
        self.position = position
        self.rowDirection = rowDirection / rowDirection.length
        self.columnDirection = columnDirection / columnDirection.length
        self.pixelSpacing = pixelSpacing
        self.rows = rows
        self.columns = columns
    }

    /// The unit normal: row direction × column direction, towards the head in a usual axial image.
    package var normal: SIMD3<Double> { rowDirection.cross(columnDirection) }

    /// The place of the plane along its normal in mm.
    package var location: Double { position.dot(normal) }

    /// The place of the first pixel's centre along the row and the column direction in mm.
    ///
    /// The slices of a series share the directions, so that these coordinates are common to all of
    /// them: a stack that gantry tilt has sheared has an origin that moves from slice to slice.
    package var inPlaneOrigin: SIMD2<Double> {
        SIMD2(position.dot(rowDirection), position.dot(columnDirection))
    }

    /// The point in the patient of a pixel's centre.
    package func point(row: Double, column: Double) -> SIMD3<Double> {
        position + rowDirection * (column * pixelSpacing.betweenColumns)
            + columnDirection * (row * pixelSpacing.betweenRows)
    }
}
