/// A range of Hounsfield units that is spread over 0...1; always a named pair, since the literature
/// swaps the order.
package struct Window: Sendable, Hashable, Codable {
    /// The middle of the range in HU ("level").
    package let center: Double
    /// The size of the range in HU, positive.
    package let width: Double

    /// Makes a window.
    package init(center: Double, width: Double) {
        self.center = center
        self.width = width
    }

    /// 40/80: grey and white matter, blood in the brain.
    package static let brain = Window(center: 40, width: 80)
    /// 80/200: blood beside bone.
    package static let subdural = Window(center: 80, width: 200)
    /// 600/2800: bone, metal.
    package static let bone = Window(center: 600, width: 2800)

    /// The place of a value in the window, clipped to 0...1.
    package func apply(_ hounsfield: Float) -> Float {
        max(0, min(1, hounsfield * scale + offset))
    }

    /// The factor of the linear part of `apply`.
    var scale: Float { Float(1 / width) }

    /// The summand of the linear part of `apply`.
    var offset: Float { Float(0.5 - center / width) }
}
