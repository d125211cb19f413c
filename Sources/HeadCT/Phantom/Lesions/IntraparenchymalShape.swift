import Foundation

/// A lumpy ball in the brain that stays out of the ventricles.
struct IntraparenchymalShape: LesionShape {
    let anatomy: HeadAnatomy
    let centre: SIMD3<Float>
    /// Relative lengths of the axes; their product is about 1.
    let proportions: SIMD3<Float>
    /// The radius in mm of a ball of the wanted volume.
    let radius: Float

    var bounds: (SIMD3<Float>, SIMD3<Float>) {
        let reach = proportions * (radius * 2.1) + 1
        return (centre - reach, centre + reach)
    }

    func level(at point: SIMD3<Float>, limit: Float) -> Float {
        let offset = (point - centre) / proportions
        let distance =
            (offset.x * offset.x + offset.y * offset.y + offset.z * offset.z).squareRoot()
        let place = offset * (2.4 / (distance + 1e-5)) + anatomy.noiseOrigin
        let level = distance / (1 + 0.17 * anatomy.noise.value(place.x, place.y, place.z))
        guard level <= limit, anatomy.geometry.cavityDistance(point) < -0.5,
            !anatomy.isVentricle(point)
        else { return .infinity }
        return level
    }
}
