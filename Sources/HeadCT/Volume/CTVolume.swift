/// The slices of one series in Hounsfield units, ordered along their normal, with the geometry they
/// share.
///
/// Spacing may be uneven and may have gaps; `sliceExtentsMM` says how much of the normal each slice
/// stands for.
package struct CTVolume: Sendable, Hashable {
    /// The slices, ascending by their location on the normal.
    package let slices: [CTSlice]

    /// The location of each slice along the normal in mm, strictly ascending.
    package let locationsMM: [Double]

    /// How much of the normal each slice stands for in mm; see ``SliceExtent``.
    package let extents: [SliceExtent]

    /// PatientPosition (0018,5100), for example "HFS"; nil where it is missing.
    package let patientPosition: String?

    /// Orders slices along their normal and checks that they make one volume.
    ///
    /// - Throws: `no-slices`, `inconsistent-orientation`, `inconsistent-size`,
    ///   `inconsistent-spacing`, `duplicate-instance` or `duplicate-position`.
    package init(slices: [CTSlice], patientPosition: String? = nil) throws(HeadCTError) {
        guard let first = slices.first?.plane else {
            throw HeadCTError(.noSlices, "a volume needs at least one slice")
        }
        for slice in slices { try Self.check(slice.plane, against: first) }
        guard Set(slices.map(\.sopInstanceUID)).count == slices.count else {
            throw HeadCTError(.duplicateInstance, "two slices have the same SOPInstanceUID")
        }
        // All slices are projected on one normal, so that rounding in the headers cannot reorder
        // them.
        let normal = first.normal
        let ordered = slices.map { (slice: $0, location: $0.position.dot(normal)) }
            .sorted {
                ($0.location, $0.slice.sopInstanceUID) < ($1.location, $1.slice.sopInstanceUID)
            }
        for (below, above) in zip(ordered, ordered.dropFirst())
        where above.location - below.location < Self.smallestDistanceMM {
            throw HeadCTError(
                .duplicatePosition,
                "two of \(slices.count) slices lie at the same place; keep one of them"
            )
        }
        self.slices = ordered.map(\.slice)
        self.locationsMM = ordered.map(\.location)
        self.extents = SliceExtent.extents(
            locations: locationsMM,
            thicknesses: self.slices.map(\.thickness)
        )
        self.patientPosition = patientPosition
    }

    /// Slices closer than this are copies of one another: below any reconstruction increment.
    private static let smallestDistanceMM = 0.01

    private static func check(_ plane: SlicePlane, against first: SlicePlane) throws(HeadCTError) {
        guard (plane.rowDirection - first.rowDirection).length < 2e-3,
            (plane.columnDirection - first.columnDirection).length < 2e-3
        else {
            throw HeadCTError(
                .inconsistentOrientation,
                "the slices do not share ImageOrientationPatient"
            )
        }
        guard plane.rows == first.rows, plane.columns == first.columns else {
            throw HeadCTError(.inconsistentSize, "the slices do not share Rows and Columns")
        }
        let rows = plane.pixelSpacing.betweenRows / first.pixelSpacing.betweenRows
        let columns = plane.pixelSpacing.betweenColumns / first.pixelSpacing.betweenColumns
        guard abs(rows - 1) < 1e-3, abs(columns - 1) < 1e-3 else {
            throw HeadCTError(.inconsistentSpacing, "the slices do not share PixelSpacing")
        }
    }
}

extension CTVolume {
    /// The plane of the lowest slice, whose directions, spacing and size hold for all.
    package var plane: SlicePlane { slices[0].plane }

    /// The number of rows.
    package var rows: Int { plane.rows }

    /// The number of columns.
    package var columns: Int { plane.columns }

    /// The distances between pixel centres.
    package var pixelSpacing: PixelSpacing { plane.pixelSpacing }

    /// The unit vector along a row.
    package var rowDirection: SIMD3<Double> { plane.rowDirection }

    /// The unit vector along a column.
    package var columnDirection: SIMD3<Double> { plane.columnDirection }

    /// The unit normal.
    package var normal: SIMD3<Double> { plane.normal }

    /// The full extent of each slice along the normal in mm.
    package var sliceExtentsMM: [Double] { extents.map(\.total) }

    /// The distances between adjacent slices in mm; one fewer than slices.
    package var sliceDistancesMM: [Double] {
        zip(locationsMM, locationsMM.dropFirst()).map { $1 - $0 }
    }

    /// Whether all distances between slices agree within 2 %.
    package var isEvenlySpaced: Bool {
        guard let smallest = sliceDistancesMM.min(), let largest = sliceDistancesMM.max() else {
            return true
        }
        return largest - smallest <= 0.02 * smallest
    }

    /// The median stated thickness in mm, or the median extent where no slice states one.
    package var thicknessMM: Double {
        let stated = slices.compactMap(\.thickness).sorted()
        let values = stated.isEmpty ? sliceExtentsMM.sorted() : stated
        return values[values.count / 2]
    }
}
