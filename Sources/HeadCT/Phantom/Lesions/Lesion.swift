/// One haemorrhage of a patient with its true volume.
struct Lesion: Sendable {
    let type: HaemorrhageType
    let shape: any LesionShape
    /// The threshold of the shape's level that gives ``volumeML``.
    let threshold: Float
    /// The volume of the region in mL, integrated on a fine grid before any scanner.
    let volumeML: Double
    /// The mean attenuation in HU.
    let hounsfield: Float
    /// How much the attenuation falls from the back to the front, in HU per mm (settling).
    let settling: Float
    /// The middle of the region's box, where the attenuation is the mean.
    let middle: SIMD3<Float>
    /// The box of the region in head coordinates, in mm.
    let box: (SIMD3<Float>, SIMD3<Float>)
    /// The threshold up to which oedema surrounds it; none if not above ``threshold``.
    let oedemaThreshold: Float
    /// Whether it is the small blood expected after an operation, which is no finding.
    let isExpected: Bool
}
