import Foundation

/// The outer shape of one head: cavity, skull and scalp as functions of a point.
///
/// Head coordinates in mm: x to the patient's left, y to the back, z to the vertex, the origin in
/// the middle of the cavity, a little above the midbrain. Dimensions are those of evaluation.md
/// section 6 times a linear scale.
struct HeadGeometry: Sendable {
    /// The linear scale against the adult of 1,474 mL.
    let scale: Float
    /// The semi-axes of the cavity (left-right, front-back, upwards).
    let semiAxes: SIMD3<Float>
    /// The semi-axis of the cavity downwards.
    let lowerSemiAxis: Float
    /// The mean thickness of the parietal skull.
    let skullThickness: Float
    /// The thickness of scalp and fat over the skull.
    let scalpThickness: Float
    /// How much wider the head is behind than in front, as a fraction.
    let eggFactor: Float

    private let inverse: SIMD3<Float>
    private let inverseLower: Float
    private let inverseScale: Float

    /// Makes the shape of a head.
    ///
    /// Parameters:
    ///   `breadth`: the factor of left-right to front-back proportions, 0.95 to 1.05.
    ///   `skullThickness`: parietal, in mm, not scaled.
    init(scale: Float, breadth: Float, skullThickness: Float, eggFactor: Float) {
        self.scale = scale
        self.semiAxes = SIMD3(65 * breadth, 82 / breadth, 66) * scale
        self.lowerSemiAxis = 64 * scale
        self.skullThickness = skullThickness
        self.scalpThickness = 5 * max(0.6, scale)
        self.eggFactor = eggFactor
        self.inverse = SIMD3(1, 1, 1) / semiAxes
        self.inverseLower = 1 / lowerSemiAxis
        self.inverseScale = 1 / scale
    }

    /// The distance in mm to the inner surface of the skull: negative inside the cavity.
    ///
    /// A first-order distance of the egg-shaped ellipsoid, cut below by the floor of the fossae.
    @inline(__always)
    func cavityDistance(_ p: SIMD3<Float>) -> Float {
        let y = p.y * inverse.y
        let width = inverse.x / (1 + eggFactor * y - 0.04 * y * y)
        let depth = p.z > 0 ? inverse.z : inverseLower
        let x = p.x * width
        let z = p.z * depth
        let radius = (x * x + y * y + z * z).squareRoot()
        let gx = x * width
        let gy = y * inverse.y
        let gz = z * depth
        let gradient = (gx * gx + gy * gy + gz * gz).squareRoot()
        let wall = (radius - 1) * (radius + 1e-6) / (gradient + 1e-8)
        return p.z > -6 * scale ? wall : max(wall, floorDistance(p))
    }

    /// The distance below the skull base; negative above it.
    @inline(__always)
    private func floorDistance(_ p: SIMD3<Float>) -> Float { (floorHeight(p) - p.z) * 0.75 }

    /// The height of the skull base under a point: anterior, middle and posterior fossa.
    @inline(__always)
    private func floorHeight(_ p: SIMD3<Float>) -> Float {
        let x = abs(p.x) * inverseScale
        let y = p.y * inverseScale
        let roofX = (x - 31) / 25
        let roofY = (y + 62) / 34
        let orbitalRoof = -23 + 14 * max(0, 1 - roofX * roofX - roofY * roofY)
        let middle = -26 - 13 * step(x, from: 9, to: 20)
        let wing = y + 0.011 * (x - 34) * (x - 34)
        let front = step(wing, from: -36, to: -26)
        let back = step(y - 0.35 * x, from: -10, to: 4)
        return (orbitalRoof + (middle - orbitalRoof) * front + (-66 - middle) * back) * scale
    }

    /// The thickness of the bone near a point: the thin skull base, or the vault's.
    @inline(__always)
    func boneThickness(_ p: SIMD3<Float>, distance: Float) -> Float {
        if p.z < -6 * scale, floorDistance(p) >= distance { return 0.45 * skullThickness }
        return thickness(atY: p.y)
    }

    /// The thickness of the vault at a height of y: thicker in front and behind.
    @inline(__always)
    func thickness(atY y: Float) -> Float {
        let t = y * inverse.y
        return skullThickness * (1 + t * t * (t > 0 ? 0.36 : 0.18))
    }

    /// Whether a point outside the scalp belongs to the face.
    @inline(__always)
    func isFace(_ p: SIMD3<Float>) -> Bool {
        let x = p.x * inverseScale / 65
        let y = (p.y * inverseScale + 14) / 84
        let z = (p.z * inverseScale + 68) / 70
        return x * x + y * y + z * z < 1
    }

    /// The thickness of soft tissue over the skull: the scalp, and the temporal muscle at the sides.
    @inline(__always)
    func softTissueThickness(_ p: SIMD3<Float>) -> Float {
        let z = p.z * inverseScale
        guard z < 30 else { return scalpThickness }
        let y = (p.y * inverseScale + 22) / 30
        let front = max(0, 1 - y * y)
        let side = min(1, abs(p.x) * inverseScale / 55)
        let low = min(1, (30 - z) / 40)
        return scalpThickness * (1 + 1.3 * front * side * low)
    }

    /// A unit direction from the middle, scaled to the cavity so that angles mean places.
    @inline(__always)
    func direction(_ p: SIMD3<Float>) -> SIMD3<Float> {
        let q = SIMD3(p.x * inverse.x, p.y * inverse.y, p.z * inverse.z)
        return q / ((q.x * q.x + q.y * q.y + q.z * q.z).squareRoot() + 1e-6)
    }

    /// The point of the inner skull in a direction of the scaled cavity.
    func surfacePoint(_ direction: SIMD3<Float>) -> SIMD3<Float> {
        var low: Float = 0.2
        var high: Float = 1.4
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if cavityDistance(direction * semiAxes * middle) < 0 {
                low = middle
            } else {
                high = middle
            }
        }
        return direction * semiAxes * low
    }

    @inline(__always)
    private func step(_ value: Float, from low: Float, to high: Float) -> Float {
        let t = min(1, max(0, (value - low) / (high - low)))
        return t * t * (3 - 2 * t)
    }
}
