/// Norm, largest magnitude and finiteness of numbers that come in blocks.
///
/// Sums in eight lanes, element i in lane i mod 8, so that no addition waits for the one before it.
struct BlockMeasure {
    private var sums = SIMD8<Double>(repeating: 0)
    private var magnitudes = SIMD8<Float>(repeating: 0)
    // Not finite times zero is NaN and stays NaN: one test a block instead of one a value.
    private var witnesses = SIMD8<Float>(repeating: 0)

    /// The sum of squares.
    var squares: Double { sums.sum() }
    /// The largest magnitude.
    var largest: Float { magnitudes.max() }
    /// Whether every number was finite.
    var isFinite: Bool { witnesses == SIMD8(repeating: 0) }

    /// Adds the first `count` numbers of a block.
    mutating func add(_ block: [Float], count: Int) {
        precondition(count <= block.count, "the block is shorter")
        unsafe block.withUnsafeBytes { bytes in
            let whole = count & ~7
            for index in stride(from: 0, to: whole, by: 8) {
                add(unsafe bytes.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self))
            }
            var rest = SIMD8<Float>(repeating: 0)
            for index in whole..<count {
                rest[index - whole] = unsafe bytes.loadUnaligned(
                    fromByteOffset: 4 * index,
                    as: Float.self
                )
            }
            add(rest)
        }
    }

    @inline(__always)
    private mutating func add(_ values: SIMD8<Float>) {
        let low = SIMD4<Double>(values.lowHalf)
        let high = SIMD4<Double>(values.highHalf)
        sums.lowHalf += low * low
        sums.highHalf += high * high
        let negative = -values
        magnitudes.replace(with: values, where: values .> magnitudes)
        magnitudes.replace(with: negative, where: negative .> magnitudes)
        witnesses += values * 0
    }
}
