/// The volume of the lesions drawn in an exam's masks, in mL.
package struct LesionVolume: Sendable, Hashable {
    /// All haemorrhage together.
    package let totalML: Double

    /// By type, for the types that occur; unspecified haemorrhage counts in the total only.
    package let byTypeML: [HaemorrhageType: Double]
}

extension CTVolume {
    /// Measures masks: the sum over slices of the drawn area times the slice's own extent.
    ///
    /// - Parameter masks: Masks by SOP Instance UID; slices without one count as empty.
    /// - Returns: The volumes.
    /// - Throws: `mask-size-mismatch` if a mask does not have the size of its slice.
    package func lesionVolume(masks: [String: MaskImage]) throws(HeadCTError) -> LesionVolume {
        var total = 0.0
        var byType: [HaemorrhageType: Double] = [:]
        for (slice, extent) in zip(slices, extents) {
            guard let mask = masks[slice.sopInstanceUID] else { continue }
            guard mask.rows == rows, mask.columns == columns else {
                throw HeadCTError(
                    .maskSizeMismatch,
                    "a mask of \(mask.rows) x \(mask.columns) for a slice of \(rows) x \(columns)"
                )
            }
            let pixelML = pixelSpacing.areaSquareMM * extent.total / 1000
            for (code, count) in mask.pixelCounts.sorted(by: { $0.key < $1.key }) {
                total += Double(count) * pixelML
                if let type = HaemorrhageType(rawValue: Int(code)) {
                    byType[type, default: 0] += Double(count) * pixelML
                }
            }
        }
        return LesionVolume(totalML: total, byTypeML: byType)
    }
}
