/// How much brighter each pixel is than the broad structures under it: a white top-hat.
///
/// The image minus its opening with a square: what is narrower than the square in some direction
/// stays, such as the strokes of letters; brain, skull and air vanish (Serra, "Image Analysis and
/// Mathematical Morphology", 1982).
struct ThinStrokes {
    /// The side of the square: strokes up to 6 pixels wide stay.
    private static let side = 7
    private static let margin = side - 1

    /// The top-hat of an image, of the same size.
    static func topHat(of samples: [Int32], rows: Int, columns: Int) -> [Int32] {
        let width = columns + 2 * margin
        var opened = padded(samples, rows: rows, columns: columns)
        for step in [1, width] { opened = window(opened, step: step, forward: true, min) }
        for step in [1, width] { opened = window(opened, step: -step, forward: false, max) }
        var result = samples
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

    /// The least or greatest of `side` values at distances of `step`, by doubling: 2, 4, then 7.
    private static func window(
        _ values: [Int32], step: Int, forward: Bool, _ choose: (Int32, Int32) -> Int32
    ) -> [Int32] {
        var current = values
        for distance in [1, 2, 3] {
            let offset = abs(step) * distance
            let source = current
            if forward {
                for index in 0..<source.count - offset {
                    current[index] = choose(source[index], source[index + offset])
                }
            } else {
                for index in offset..<source.count {
                    current[index] = choose(source[index], source[index - offset])
                }
            }
        }
        return current
    }
}
