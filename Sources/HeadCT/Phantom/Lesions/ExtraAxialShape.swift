import Foundation

/// Blood between skull and brain: a crescent (subdural) or a lens (epidural).
struct ExtraAxialShape: LesionShape {
    /// The outline over the skull's inner surface.
    enum Profile: Sendable, Hashable {
        /// Crosses sutures, thin at its ends, stays on its side of the falx.
        case crescent
        /// Biconvex, under one bone.
        case lens
    }

    let anatomy: HeadAnatomy
    let profile: Profile
    /// The direction of the middle, as ``HeadGeometry/direction(_:)`` gives it.
    let direction: SIMD3<Float>
    /// The sines of the half angles along the two tangents (for a lens both are equal).
    let extent: SIMD2<Float>
    /// About the greatest thickness in mm.
    let thickness: Float
    private let tangents: (SIMD3<Float>, SIMD3<Float>)

    init(
        anatomy: HeadAnatomy,
        profile: Profile,
        direction: SIMD3<Float>,
        extent: SIMD2<Float>,
        thickness: Float
    ) {
        self.anatomy = anatomy
        self.profile = profile
        self.direction = direction
        self.extent = extent
        self.thickness = thickness
        self.tangents = direction.tangents
    }

    /// Extents and thickness for a volume: lenses about 2.5 times as thick as the skull's own arc.
    static func measures(
        _ profile: Profile,
        volumeML: Double,
        radius: Float
    ) -> (extent: SIMD2<Float>, thickness: Float) {
        let volume = Float(volumeML) * 1000
        switch profile {
        case .lens:
            let angle = powf(volume / (2.356 * radius * radius * radius), 0.25)
            return (SIMD2(angle, angle), 1.5 * radius * angle * angle)
        case .crescent:
            let thickness = 2.6 + 1.35 * Float(volumeML).squareRoot()
            let angle = (volume / (1.75 * radius * radius * thickness)).squareRoot()
            return (SIMD2(min(0.92, angle), min(0.8, 0.8 * angle)), thickness)
        }
    }

    var bounds: (SIMD3<Float>, SIMD3<Float>) {
        let middle = anatomy.geometry.surfacePoint(direction)
        let reach = max(extent.x, extent.y) * anatomy.geometry.semiAxes.y * 1.3 + 8
        let limit = anatomy.geometry.semiAxes + 1
        let margin = max(thickness * 2.2 + 2, reach)
        return (pointwiseMax(middle - margin, -limit), pointwiseMin(middle + margin, limit))
    }

    func level(at point: SIMD3<Float>, limit: Float) -> Float {
        let depth = -anatomy.geometry.cavityDistance(point)
        guard depth > 0, depth < 45 else { return .infinity }
        if profile == .crescent, point.x * direction.x < 0 || abs(point.x) < 1.2 {
            return .infinity
        }
        let place = anatomy.geometry.direction(point)
        guard dot(place, direction) > 0.1 else { return .infinity }
        let a = dot(place, tangents.0) / extent.x
        let b = dot(place, tangents.1) / extent.y
        let height: Float
        switch profile {
        case .lens: height = 1 - a * a - b * b
        case .crescent: height = min(1, 1.25 * (1 - a * a)) * (1 - b * b)
        }
        guard height > 0.02, abs(a) < 1, abs(b) < 1, depth < 2 * limit * height else {
            return .infinity
        }
        let value = anatomy.noise.value(
            point.x * 0.11 + anatomy.noiseOrigin.y,
            point.y * 0.11 + anatomy.noiseOrigin.z,
            point.z * 0.11 + anatomy.noiseOrigin.x
        )
        return depth / (height * (1 + 0.12 * value))
    }

    private func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
        a.x * b.x + a.y * b.y + a.z * b.z
    }
}
