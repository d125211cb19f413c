import Foundation
import Tensors

/// What an operation left behind: an opening, plates, air.
struct Surgery: Sendable {
    let craniotomy: Craniotomy
    let painted: [Structure]
    let metal: [Ellipsoid]

    /// Draws an operation on a head.
    ///
    /// Opening of 50 to 90 mm with a kerf of 1 to 2 mm, three plates, air under the forehead.
    init(in parts: BrainParts, tissue: TissueHounsfield, using generator: inout SeededGenerator) {
        let geometry = parts.geometry
        let side = generator.drawSign()
        let place = SIMD3<Float>(
            side * generator.drawFloat(0.55...0.95),
            generator.drawFloat(-0.6...0.35),
            generator.drawFloat(0.25...0.6)
        )
        let closure = Craniotomy.Closure.allCases[
            [0, 0, 0, 1, 2][generator.nextIndex(below: 5)]
        ]
        let diameter = generator.drawFloat(50...85) * geometry.scale
        self.craniotomy = Craniotomy(
            closure: closure,
            direction: place.normalized,
            diameter: diameter,
            kerf: generator.drawFloat(1.2...2.2),
            radius: 74 * geometry.scale
        )
        let plates =
            closure == .absent
            ? [] : Self.plates(around: craniotomy.direction, diameter: diameter, geometry: geometry)
        self.metal = plates
        var painted = plates.map { Structure(shape: $0, hounsfield: tissue.metal) }
        if generator.happens(0.6) {
            painted += Self.air(side: side, parts: parts, tissue: tissue, using: &generator)
        }
        self.painted = painted
    }

    private static func plates(
        around direction: SIMD3<Float>,
        diameter: Float,
        geometry: HeadGeometry
    ) -> [Ellipsoid] {
        let angle = diameter / 2 / (74 * geometry.scale)
        let (first, second) = direction.tangents
        return [0.4, 2.5, 4.6].map { (turn: Float) in
            let rim = first * cosf(turn) + second * sinf(turn)
            let place = direction * cosf(angle) + rim * sinf(angle)
            let inner = geometry.surfacePoint(place)
            let thickness = geometry.thickness(atY: inner.y)
            return Ellipsoid(
                inner + inner.normalized * (thickness + 0.3),
                SIMD3(1.6, 1.6, 1.6)
            )
        }
    }

    /// Pneumocephalus: bubbles where a lying patient's air gathers, under the frontal bone.
    private static func air(
        side: Float,
        parts: BrainParts,
        tissue: TissueHounsfield,
        using generator: inout SeededGenerator
    ) -> [Structure] {
        (0..<1 + generator.nextIndex(below: 3)).map { _ in
            let direction = SIMD3<Float>(
                side * generator.drawFloat(0.12...0.45),
                -0.9,
                generator.drawFloat(0...0.5)
            )
            let size = generator.drawFloat(2...6)
            let place = parts.geometry.surfacePoint(direction)
            let inward = SIMD3<Float>(0, size * 0.55, 0)
            let axes = SIMD3<Float>(size * 2, size * 0.5, size * 1.4)
            return Structure(
                shape: Ellipsoid(place + inward, axes, yaw: side * 22),
                hounsfield: tissue.air
            )
        }
    }
}

extension SIMD3<Float> {
    /// Two unit vectors at right angles to this unit vector; the first is horizontal.
    var tangents: (SIMD3<Float>, SIMD3<Float>) {
        let length = Swift.max(1e-4, (x * x + y * y).squareRoot())
        let first = SIMD3(-y / length, x / length, 0)
        let second = SIMD3(
            y * first.z - z * first.y,
            z * first.x - x * first.z,
            x * first.y - y * first.x
        )
        return (first, second)
    }
}
