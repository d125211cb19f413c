/// Offsets that keep rows of sample points from lying in one plane.
///
/// Fissures are thin sheets; on a plain grid all points of a column would be in or out together.
enum Sheared {
    /// The offset of a row of points in steps, 0 to 1, spread evenly over neighbouring rows.
    @inline(__always)
    static func offset(_ row: Int, _ plane: Int) -> Float {
        let value = Float(row) * 0.754_877_7 + Float(plane) * 0.569_840_3
        return value - value.rounded(.down)
    }
}
