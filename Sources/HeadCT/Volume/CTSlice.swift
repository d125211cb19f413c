/// One image of a series in Hounsfield units.
package struct CTSlice: Sendable, Hashable {
    /// The SOP Instance UID.
    package let sopInstanceUID: String
    /// InstanceNumber (0020,0013), or 0 where it is missing; says nothing about the order in space.
    package let instanceNumber: Int
    /// Where the slice lies.
    package let plane: SlicePlane
    /// SliceThickness (0018,0050) in mm; nil where the series does not state it.
    package let thickness: Double?
    /// Rows × columns values in HU, row-major, from -1024 (air: -1000) upwards.
    package let hounsfield: [Int16]

    /// Makes a slice; `hounsfield` has one value for each pixel of the plane.
    package init(
        sopInstanceUID: String,
        instanceNumber: Int,
        plane: SlicePlane,
        thickness: Double?,
        hounsfield: [Int16]
    ) {
        precondition(
            hounsfield.count == plane.rows * plane.columns,
            "one value for each pixel"
        )
        self.sopInstanceUID = sopInstanceUID
        self.instanceNumber = instanceNumber
        self.plane = plane
        self.thickness = thickness
        self.hounsfield = hounsfield
    }

    /// The number of rows.
    package var rows: Int { plane.rows }

    /// The number of columns.
    package var columns: Int { plane.columns }

    /// The centre of the first pixel, LPS, mm.
    package var position: SIMD3<Double> { plane.position }
}
