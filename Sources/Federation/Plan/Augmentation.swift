/// Random changes of training examples, each off by default (`localTraining.augment`).
package struct Augmentation: Sendable, Hashable, Codable {
    /// Mirror left and right in half of the examples.
    package var flip: Bool
    /// Rotate in the slice by up to this many degrees either way.
    package var rotationDegrees: Double
    /// Enlarge or shrink by up to this fraction.
    package var scaleFraction: Double
    /// Shift in the slice by up to this many millimetres along each axis.
    package var shiftMM: Double
    /// Add one offset a slab, drawn from ± this many HU, before windowing.
    package var offsetHU: Double
    /// Add Gaussian noise of this standard deviation in HU before windowing.
    package var noiseHU: Double

    init(reading reader: inout SectionReader) {
        flip = reader.bool("flip", default: false)
        rotationDegrees = reader.number("rotationDegrees", in: 0...180, default: 0)
        scaleFraction = reader.number("scaleFraction", in: 0...0.5, default: 0)
        shiftMM = reader.number("shiftMM", in: 0...100, default: 0)
        offsetHU = reader.number("offsetHU", in: 0...200, default: 0)
        noiseHU = reader.number("noiseHU", in: 0...200, default: 0)
    }
}
