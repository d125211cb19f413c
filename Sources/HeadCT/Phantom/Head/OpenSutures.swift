/// The gaps in the skull of an infant.
struct OpenSutures: Sendable, Hashable {
    /// The width of the sutures in mm.
    let gap: Float
    /// The radius of the anterior fontanelle in mm.
    let fontanelleRadius: Float

    /// Whether a point of the skull lies in a gap.
    @inline(__always)
    func isOpen(_ p: SIMD3<Float>, semiAxes: SIMD3<Float>) -> Bool {
        guard p.z > 0 else { return false }
        let coronal = p.y + 0.28 * semiAxes.y + 0.1 * abs(p.x)
        let isSagittal = abs(p.x) < gap / 2 && p.y > -0.4 * semiAxes.y
        let isFontanelle =
            p.x * p.x + coronal * coronal < fontanelleRadius * fontanelleRadius
            && p.z > 0.5 * semiAxes.z
        return isSagittal || isFontanelle || abs(coronal) < gap / 2
    }
}
