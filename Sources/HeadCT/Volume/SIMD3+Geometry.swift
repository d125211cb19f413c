extension SIMD3<Double> {
    /// The inner product.
    func dot(_ other: Self) -> Double { (self * other).sum() }

    /// The vector product.
    func cross(_ other: Self) -> Self {
        Self(
            y * other.z - z * other.y,
            z * other.x - x * other.z,
            x * other.y - y * other.x
        )
    }

    /// The Euclidean length.
    var length: Double { dot(self).squareRoot() }

    /// Whether every component is a finite number.
    var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
