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
        for step in [1, width] { erode(&opened, step: step) }
        for step in [1, width] { dilate(&opened, step: step) }
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

    /// Makes each value the least of itself and those after it, in place from the front.
    private static func erode(_ values: inout [Int32], step: Int) {
        for distance in distances {
            let offset = step * distance
            for index in 0..<values.count - offset {
                values[index] = min(values[index], values[index + offset])
            }
        }
    }

    /// Makes each value the greatest of itself and those before it, in place from the back.
    private static func dilate(_ values: inout [Int32], step: Int) {
        for distance in distances {
            let offset = step * distance
            var index = values.count - 1
            while index >= offset {
                values[index] = max(values[index], values[index - offset])
                index -= 1
            }
        }
    }
}
