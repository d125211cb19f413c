import Foundation

/// A disc of the skull that was opened, and what is there now.
struct Craniotomy: Sendable, Hashable {
    /// What fills the opening.
    enum Closure: String, Sendable, Hashable, CaseIterable {
        /// The bone flap is back, with a gap around it.
        case flap
        /// The flap is missing (craniectomy).
        case absent
        /// An acrylic (PMMA) plate.
        case acrylic
    }

    /// What fills the opening.
    let closure: Closure
    /// The direction of its middle, as ``HeadGeometry/direction(_:)`` gives it.
    let direction: SIMD3<Float>
    /// The cosine of the opening's angular radius.
    let cosineOuter: Float
    /// The cosine of the flap's angular radius; the kerf lies between.
    let cosineInner: Float

    /// Makes an opening of a diameter and kerf in mm on a skull of a mean radius in mm.
    init(
        closure: Closure,
        direction: SIMD3<Float>,
        diameter: Float,
        kerf: Float,
        radius: Float
    ) {
        self.closure = closure
        self.direction = direction
        self.cosineOuter = cosf(diameter / 2 / radius)
        self.cosineInner = cosf((diameter / 2 - kerf) / radius)
    }

    /// The attenuation that replaces bone in a direction; nil where bone stays.
    @inline(__always)
    func hounsfield(in place: SIMD3<Float>, tissue: TissueHounsfield) -> Float? {
        let cosine = place.x * direction.x + place.y * direction.y + place.z * direction.z
        if cosine < cosineOuter { return nil }
        if cosine < cosineInner { return tissue.sutureGap }
        return switch closure {
        case .flap: nil
        case .absent: tissue.muscle
        case .acrylic: tissue.acrylic
        }
    }
}
