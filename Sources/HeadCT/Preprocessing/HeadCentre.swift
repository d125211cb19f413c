/// Finds the middle of the head in the plane.
enum HeadCentre {
    /// What is denser than this belongs to the head: skin, brain and bone do, padding, foam and air
    /// do not.
    static let thresholdHU: Int16 = -200

    /// The centre of mass of voxels above the threshold, along row and column direction in mm.
    ///
    /// Each slice counts with its extent. A volume without such voxels has its centre in the middle
    /// of its images.
    static func find(in volume: CTVolume) -> SIMD2<Double> {
        var sum = SIMD2<Double>(0, 0)
        var mass = 0.0
        for (slice, extent) in zip(volume.slices, volume.extents) {
            let moments = moments(of: slice)
            let count = Double(moments.count) * extent.total
            let spacing = volume.pixelSpacing
            let local = SIMD2(
                Double(moments.columnSum) * spacing.betweenColumns,
                Double(moments.rowSum) * spacing.betweenRows
            )
            sum += slice.plane.inPlaneOrigin * count + local * extent.total
            mass += count
        }
        return mass > 0 ? sum / mass : imageCentre(of: volume)
    }

    private static func imageCentre(of volume: CTVolume) -> SIMD2<Double> {
        let middle = volume.slices[volume.slices.count / 2].plane
        return middle.inPlaneOrigin
            + SIMD2(
                Double(middle.columns - 1) / 2 * middle.pixelSpacing.betweenColumns,
                Double(middle.rows - 1) / 2 * middle.pixelSpacing.betweenRows
            )
    }

    /// The number of voxels above the threshold and the sums of their column and row numbers.
    private static func moments(
        of slice: CTSlice
    ) -> (count: Int, columnSum: Int, rowSum: Int) {
        var perColumn = [Int32](repeating: 0, count: slice.columns)
        var count = 0
        var rowSum = 0
        unsafe slice.hounsfield.withUnsafeBufferPointer { values in
            unsafe perColumn.withUnsafeMutableBufferPointer { perColumn in
                for row in 0..<slice.rows {
                    var inRow: Int32 = 0
                    let start = row * slice.columns
                    for column in 0..<slice.columns {
                        let isHead: Int32 = unsafe values[start + column] > thresholdHU ? 1 : 0
                        unsafe perColumn[column] &+= isHead
                        inRow &+= isHead
                    }
                    count += Int(inRow)
                    rowSum += Int(inRow) * row
                }
            }
        }
        let columnSum = perColumn.enumerated().reduce(0) { $0 + $1.offset * Int($1.element) }
        return (count, columnSum, rowSum)
    }
}
