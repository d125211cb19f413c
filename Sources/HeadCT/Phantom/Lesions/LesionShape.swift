/// A family of nested regions: the points whose level is at most a threshold.
///
/// Growing the threshold grows the region, so that any volume up to the family's capacity is
/// reached by one search for a quantile of the level.
protocol LesionShape: Sendable {
    /// A box in head coordinates that holds the regions of interest (lower and upper corner, mm).
    var bounds: (SIMD3<Float>, SIMD3<Float>) { get }

    /// The level at a point; infinite where the lesion can never be.
    ///
    /// Levels above `limit` may be infinite too, which saves most of the work outside a lesion.
    func level(at point: SIMD3<Float>, limit: Float) -> Float
}
