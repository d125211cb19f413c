import Foundation

/// An ellipsoid in head coordinates, turned in any way.
struct Ellipsoid: Sendable {
    /// The centre in mm.
    let centre: SIMD3<Float>
    /// The semi-axes in mm, before turning.
    let semiAxes: SIMD3<Float>
    /// The rows of the matrix that takes offsets from the centre to the unit ball.
    private let rows: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)

    /// Makes an ellipsoid turned about the z axis by `yaw`, after a turn about x by `pitch` degrees.
    init(
        _ centre: SIMD3<Float>,
        _ semiAxes: SIMD3<Float>,
        yaw: Float = 0,
        pitch: Float = 0
    ) {
        let yawRadians = Double(yaw) * .pi / 180
        let pitchRadians = Double(pitch) * .pi / 180
        let (cy, sy) = (Float(cos(yawRadians)), Float(sin(yawRadians)))
        let (cp, sp) = (Float(cos(pitchRadians)), Float(sin(pitchRadians)))
        self.centre = centre
        self.semiAxes = semiAxes
        self.rows = (
            SIMD3(cy, sy, 0) / semiAxes.x,
            SIMD3(-sy * cp, cy * cp, sp) / semiAxes.y,
            SIMD3(sy * sp, -cy * sp, cp) / semiAxes.z
        )
    }

    /// The radius of a ball around the centre that holds the ellipsoid.
    var reach: Float { max(semiAxes.x, max(semiAxes.y, semiAxes.z)) }

    /// The volume in mm³.
    var volume: Float { 4 / 3 * .pi * semiAxes.x * semiAxes.y * semiAxes.z }

    /// An offset or direction in units of the ball.
    @inline(__always)
    func unit(_ offset: SIMD3<Float>) -> SIMD3<Float> {
        SIMD3(dot(rows.0, offset), dot(rows.1, offset), dot(rows.2, offset))
    }

    /// The squared distance from the centre, 1 on the surface.
    @inline(__always)
    func squaredRadius(_ p: SIMD3<Float>) -> Float {
        let q = unit(p - centre)
        return dot(q, q)
    }

    /// Whether a point lies inside.
    @inline(__always)
    func contains(_ p: SIMD3<Float>) -> Bool { squaredRadius(p) < 1 }

    @inline(__always)
    private func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
        a.x * b.x + a.y * b.y + a.z * b.z
    }
}
