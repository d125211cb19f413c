import Foundation

/// The deep structures of a brain of a given size, as ellipsoids.
///
/// Places and sizes are those of an adult of 65 × 82 × 66 mm semi-axes, from atlas sections.
struct BrainParts {
    let geometry: HeadGeometry
    let shift: MidlineShift?
    let ventricleScale: Float

    /// The ventricles: both lateral ones in parts, the third and the fourth.
    var ventricles: [Ellipsoid] {
        let v = ventricleScale
        return pair([8.5, -27, 11], [4.2 * v, 13, 7 * v], yaw: 16)
            + pair([9.5, 0, 20], [6 * v, 24, 6 * v], yaw: -6)
            + pair([22, 27, 11], [6.5 * v, 12, 10 * v], yaw: -28)
            + pair([24, 44, 6], [3.8 * v, 14, 4.8 * v], yaw: 8)
            + pair([30, 2, -19], [2.6 * v, 12, 3 * v], yaw: 12)
            + [
                one([0, 0, 1], [1.7 * v, 13, 8]),
                one([0, 27, -34], [5.5 * v, 4.2 * v, 8]),
            ]
    }

    /// The cisterns around brainstem and sella, and the Sylvian fissures.
    var cisterns: [Ellipsoid] {
        let v = (1 + ventricleScale) / 2
        return [
            one([0, -14, -24], [12, 10 * v, 5]),
            one([0, -3, -20], [8, 5 * v, 6]),
            one([0, 24, -8], [13, 3.4 * v, 6]),
            one([0, -12, -36], [9, 3.5, 12]),
        ]
            + pair([11, 8, -17], [3 * v, 12, 5], yaw: -14)
            + pair([48, -17, -1], [11, 2 * v, 9], yaw: -28)
            + pair([39.5, -4, 4], [2 * v, 15, 11], yaw: 10)
    }

    /// Grey matter inside the brain: insula, caudate, lentiform nucleus, thalamus.
    func greyMatter(_ tissue: TissueHounsfield) -> [Structure] {
        let insula = pair([40, -3, 4], [5, 20, 14], yaw: 8)
        let nuclei =
            pair([14, -23, 9], [5, 9, 9], yaw: 18) + pair([25, -3, 3], [7, 15, 10], yaw: 12)
            + pair([9.5, 13, 5], [7.5, 14, 9.5], yaw: -22)
        return insula.map { Structure(shape: $0, hounsfield: tissue.greyMatter) }
            + nuclei.map { Structure(shape: $0, hounsfield: tissue.deepNuclei) }
    }

    /// The brainstem: midbrain with its peduncles, and pons.
    func brainstem(_ tissue: TissueHounsfield) -> [Structure] {
        let parts =
            [one([0, 11, -17], [11, 10, 10]), one([0, 10, -36], [14, 12, 15])]
            + pair([9, 2, -15], [5.5, 8, 8], yaw: -20)
        return parts.map { Structure(shape: $0, hounsfield: tissue.brainstem) }
    }

    /// The straight and transverse sinuses.
    func sinuses(_ tissue: TissueHounsfield) -> [Structure] {
        let parts =
            [one([0, 46, 1], [2, 19, 2.6], pitch: -14), one([0, 70, -11], [6, 5, 5])]
            + pair([32, 61, -21], [24, 3.2, 3.6], yaw: -28)
        return parts.map { Structure(shape: $0, hounsfield: tissue.venousSinus) }
    }

    /// An ellipsoid at a place of the adult head, moved with the midline.
    func one(
        _ place: SIMD3<Float>,
        _ semiAxes: SIMD3<Float>,
        yaw: Float = 0,
        pitch: Float = 0
    ) -> Ellipsoid {
        var centre = scaled(place)
        if let shift { centre.x += shift.displacement(y: centre.y, z: centre.z) * mobility(place) }
        return Ellipsoid(
            centre,
            squeezed(semiAxes * geometry.scale, at: place),
            yaw: yaw,
            pitch: pitch
        )
    }

    /// An ellipsoid on the left and its mirror image on the right.
    func pair(
        _ place: SIMD3<Float>,
        _ semiAxes: SIMD3<Float>,
        yaw: Float = 0,
        pitch: Float = 0
    ) -> [Ellipsoid] {
        [
            one(place, semiAxes, yaw: yaw, pitch: pitch),
            one(SIMD3(-place.x, place.y, place.z), semiAxes, yaw: -yaw, pitch: pitch),
        ]
    }

    /// A place of the adult head in this head.
    func scaled(_ place: SIMD3<Float>) -> SIMD3<Float> {
        place * geometry.semiAxes / SIMD3(65, 82, 66)
    }

    private func mobility(_ place: SIMD3<Float>) -> Float {
        max(0, 1 - (abs(place.x) / 65) * (abs(place.x) / 65))
    }

    /// The side the pressure comes from is narrowed.
    private func squeezed(_ axes: SIMD3<Float>, at place: SIMD3<Float>) -> SIMD3<Float> {
        guard let shift, place.x * shift.amount < 0 else { return axes }
        let factor = 1 - min(0.45, abs(shift.amount) / 24)
        return SIMD3(axes.x * factor, axes.y, axes.z * (1 + factor) / 2)
    }
}
