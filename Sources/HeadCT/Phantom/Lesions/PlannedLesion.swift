/// A haemorrhage as planned, before it has a place and a shape.
struct PlannedLesion: Sendable, Hashable {
    let type: HaemorrhageType
    let volumeML: Double
    /// The mean attenuation in HU.
    let hounsfield: Double
    /// Whether it is the small blood expected after an operation, which is no finding.
    var isExpected = false
}
