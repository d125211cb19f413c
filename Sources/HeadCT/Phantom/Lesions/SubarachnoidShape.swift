import Foundation

/// Blood in part of the sulci, fissures or cisterns around a point.
struct SubarachnoidShape: LesionShape {
    let anatomy: HeadAnatomy
    let centre: SIMD3<Float>
    /// How far from the centre folds may be filled, in mm.
    let reach: Float
    /// How far blood pushes each wall of a fold away, in mm.
    let widening: Float

    var bounds: (SIMD3<Float>, SIMD3<Float>) {
        let limit = anatomy.geometry.semiAxes + 1
        return (pointwiseMax(centre - reach, -limit), pointwiseMin(centre + reach, limit))
    }

    func level(at point: SIMD3<Float>, limit: Float) -> Float {
        let offset = point - centre
        let distance =
            (offset.x * offset.x + offset.y * offset.y + offset.z * offset.z).squareRoot()
        guard distance < reach else { return .infinity }
        let value = anatomy.noise.value(
            point.x * 0.16 + anatomy.noiseOrigin.z,
            point.y * 0.16 + anatomy.noiseOrigin.x,
            point.z * 0.16 + anatomy.noiseOrigin.y
        )
        let level = distance / max(0.3, 1 + 0.3 * value)
        guard level <= limit,
            anatomy.subarachnoidFraction(at: point, widening: widening) > 0.5
        else { return .infinity }
        return level
    }
}
