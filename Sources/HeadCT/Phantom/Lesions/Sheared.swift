/// Offsets that keep rows of sample points from lying in planes.
///
/// Fissures and the layer under the skull are thin sheets; on a plain grid all points of a column,
/// row or plane would be in or out together. Each row of points is displaced along all three axes,
/// so that a sheet across any of them is met as often as its thickness asks.
enum Sheared {
    /// The offsets in steps, 0 to 1, of the row of points at a place (along, across and up).
    @inline(__always)
    static func offsets(_ row: Int, _ plane: Int) -> SIMD3<Float> {
        let (row, plane) = (Float(row), Float(plane))
        let value = SIMD3(
            row * 0.754_877_7 + plane * 0.569_840_3,
            plane * 0.618_034 + 0.5,
            row * 0.618_034 + 0.5
        )
        return value - value.rounded(.down)
    }
}
