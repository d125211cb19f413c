import HeadCT
import Tensors

/// How far training slabs are varied at random; every quantity is the half-width of a uniform draw, noise a standard deviation.
package struct SlabAugmentation: Sendable, Hashable {
    /// Left and right are exchanged with probability 1/2.
    package var flip: Bool
    /// In-plane rotation, degrees.
    package var rotationDegrees: Double
    /// Relative change of size.
    package var scaleFraction: Double
    /// In-plane shift, mm.
    package var shiftMM: Double
    /// Shift of all values, HU.
    package var offsetHU: Double
    /// White noise added to every voxel, HU.
    package var noiseHU: Double

    /// No change at all.
    package static let none = SlabAugmentation(
        flip: false,
        rotationDegrees: 0,
        scaleFraction: 0,
        shiftMM: 0,
        offsetHU: 0,
        noiseHU: 0
    )

    /// Sets every quantity.
    package init(
        flip: Bool,
        rotationDegrees: Double,
        scaleFraction: Double,
        shiftMM: Double,
        offsetHU: Double,
        noiseHU: Double
    ) {
        self.flip = flip
        self.rotationDegrees = rotationDegrees
        self.scaleFraction = scaleFraction
        self.shiftMM = shiftMM
        self.offsetHU = offsetHU
        self.noiseHU = noiseHU
    }

    /// Draws one variation.
    func draw(using generator: inout SeededGenerator) -> SlabVariation {
        func symmetric(_ width: Double) -> Double {
            width == 0 ? 0 : (generator.nextUniform() * 2 - 1) * width
        }
        return SlabVariation(
            isFlipped: flip && generator.nextUniform() < 0.5,
            rotation: symmetric(rotationDegrees) * .pi / 180,
            scale: 1 + symmetric(scaleFraction),
            shiftXMM: symmetric(shiftMM),
            shiftYMM: symmetric(shiftMM),
            offset: Float(symmetric(offsetHU)),
            noise: Float(noiseHU)
        )
    }
}
