import Foundation

/// Blood that has settled in the ventricles of a patient lying on the back.
struct IntraventricularShape: LesionShape {
    let anatomy: HeadAnatomy
    /// -1 for the right ventricle only, 1 for the left, 0 for all.
    let side: Float

    var bounds: (SIMD3<Float>, SIMD3<Float>) {
        var low = SIMD3<Float>(repeating: .infinity)
        var high = SIMD3<Float>(repeating: -.infinity)
        for part in anatomy.ventricles where side == 0 || part.centre.x * side > 0 {
            let reach = part.reach
            low = pointwiseMin(low, part.centre - reach)
            high = pointwiseMax(high, part.centre + reach)
        }
        return (low, high)
    }

    /// An almost horizontal fluid level: the lowest place first.
    func level(at point: SIMD3<Float>, limit: Float) -> Float {
        for part in anatomy.ventricles
        where (side == 0 || part.centre.x * side > 0) && part.contains(point) {
            return 0.06 * point.x + 0.045 * point.z - point.y
        }
        return .infinity
    }
}
