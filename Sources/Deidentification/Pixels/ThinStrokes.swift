/// How much each pixel stands out of the broad structures around it: top-hats of both signs.
///
/// The image minus its opening with a square: what is narrower than the square in some direction
/// stays, such as the strokes of letters; brain, skull and air vanish (Serra, "Image Analysis and
/// Mathematical Morphology", 1982). Its dark twin is the closing minus the image.
struct ThinStrokes {
    /// The side of the square: strokes up to 8 pixels wide stay.
    private static let side = 9
    private static let margin = side - 1

    /// How much brighter, or for `dark` darker, pixels are; of the size of the image.
    static func topHat(of samples: [Int32], rows: Int, columns: Int, dark: Bool) -> [Int32] {
        let width = columns + 2 * margin
        let source = dark ? samples.map { -$0 } : samples
        var opened = padded(source, rows: rows, columns: columns)
        var next = opened
        for step in [1, width] { erode(&opened, step: step, by: &next) }
        for step in [1, width] { dilate(&opened, step: step, by: &next) }
        var result = source
        for row in 0..<rows {
            let offset = (row + margin) * width + margin
            for column in 0..<columns {
                result[row * columns + column] -= opened[offset + column]
            }
        }
        return result
    }

    /// The image with its border values repeated outwards.
    private static func padded(_ samples: [Int32], rows: Int, columns: Int) -> [Int32] {
        let width = columns + 2 * margin
        var output: [Int32] = []
        output.reserveCapacity(width * (rows + 2 * margin))
        for row in -margin..<rows + margin {
            let start = min(max(row, 0), rows - 1) * columns
            output += repeatElement(samples[start], count: margin)
            output += samples[start..<start + columns]
            output += repeatElement(samples[start + columns - 1], count: margin)
        }
        return output
    }

    /// Distances whose windows add up to `side` values: 2, 4, 8, then 9.
    private static let distances = [1, 2, 4, 1]

    /// Makes each value the least of itself and those after it; `next` is another of its size.
    private static func erode(_ values: inout [Int32], step: Int, by next: inout [Int32]) {
        for distance in distances {
            combine(values, at: step * distance, into: &next, isForward: true) {
                pointwiseMin($0, $1)
            }
            swap(&values, &next)
        }
    }

    /// Makes each value the greatest of itself and those before it; `next` is another of its size.
    private static func dilate(_ values: inout [Int32], step: Int, by next: inout [Int32]) {
        for distance in distances {
            combine(values, at: step * distance, into: &next, isForward: false) {
                pointwiseMax($0, $1)
            }
            swap(&values, &next)
        }
    }

    /// Picks of each value and the one `offset` after it, or before it, 16 at a time; those at the end
    /// that have no such other stay.
    @inline(__always)
    private static func combine(
        _ values: [Int32],
        at offset: Int,
        into next: inout [Int32],
        isForward: Bool,
        _ pick: (SIMD16<Int32>, SIMD16<Int32>) -> SIMD16<Int32>
    ) {
        let (lanes, count) = (SIMD16<Int32>.scalarCount, values.count - offset)
        precondition(count >= lanes, "the margin of a picture alone is as wide")
        let target = isForward ? 0 : offset
        let rest = isForward ? count..<values.count : 0..<offset
        unsafe values.withUnsafeBytes { values in
            unsafe next.withUnsafeMutableBytes { next in
                func load(_ index: Int) -> SIMD16<Int32> {
                    unsafe values.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Int32>.self)
                }
                func pickAt(_ index: Int) {
                    unsafe next.storeBytes(
                        of: pick(load(index), load(index + offset)),
                        toByteOffset: 4 * (target + index),
                        as: SIMD16<Int32>.self
                    )
                }
                for index in stride(from: 0, to: count - lanes, by: lanes) { pickAt(index) }
                pickAt(count - lanes)
                unsafe UnsafeMutableRawBufferPointer(
                    rebasing: next[4 * rest.lowerBound..<4 * rest.upperBound]
                ).copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: values[4 * rest.lowerBound..<4 * rest.upperBound]
                    )
                )
            }
        }
    }
}
