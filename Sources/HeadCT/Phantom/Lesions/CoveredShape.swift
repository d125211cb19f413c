/// A shape cut off where the scan ends, so that the whole lesion is seen.
struct CoveredShape: LesionShape {
    let base: any LesionShape
    private let gradient: SIMD3<Float>
    private let origin: Float
    private let range: ClosedRange<Float>

    /// Cuts a shape to the slices of a scan.
    init(_ base: any LesionShape, acquisition: Acquisition) {
        self.base = base
        let zero = acquisition.place(of: .zero).slice
        self.origin = Float(zero)
        self.gradient = SIMD3(
            Float(acquisition.place(of: [1, 0, 0]).slice - zero),
            Float(acquisition.place(of: [0, 1, 0]).slice - zero),
            Float(acquisition.place(of: [0, 0, 1]).slice - zero)
        )
        self.range = -0.5...Float(acquisition.sliceCount) - 0.5
    }

    var bounds: (SIMD3<Float>, SIMD3<Float>) { base.bounds }

    func level(at point: SIMD3<Float>, limit: Float) -> Float {
        let slice =
            gradient.x * point.x + gradient.y * point.y + gradient.z * point.z + origin
        return range.contains(slice) ? base.level(at: point, limit: limit) : .infinity
    }
}
