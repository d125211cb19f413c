import Foundation

/// A smooth sideways displacement of the middle of the brain.
struct MidlineShift: Sendable, Hashable {
    /// The displacement of the septum in mm; positive to the patient's left.
    let amount: Float
    /// The place of the greatest displacement (y, z) in mm.
    let centre: SIMD2<Float>

    /// The displacement at a height and depth of the midline plane, in mm.
    @inline(__always)
    func displacement(y: Float, z: Float) -> Float {
        let dy = (y - centre.x) / 42
        let dz = (z - centre.y) / 36
        return amount * expf(-(dy * dy + dz * dz) / 2)
    }

    /// The shift that a lesion of this volume causes: none under 10 mL, at most 15 mm.
    static func amount(volumeML: Double, scale: Float) -> Float {
        Float(min(15, max(0, (volumeML - 10) * 0.16))) * scale
    }
}
