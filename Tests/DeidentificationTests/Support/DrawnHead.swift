import DICOM

/// A drawn slice: air, a skull, brain with a few calcifications, noise, and text if asked for.
struct DrawnHead {
    static let size = 256
    private(set) var hounsfield: [Int32]

    init(noise: Int32) {
        var state: UInt32 = 11
        hounsfield = (0..<Self.size * Self.size).map { index in
            state = state &* 1_664_525 &+ 1_013_904_223
            let deviation = noise == 0 ? 0 : Int32(state >> 16) % (2 * noise + 1) - noise
            return Self.anatomy(column: index % Self.size, row: index / Self.size) + deviation
        }
    }

    private static func anatomy(column: Int, row: Int) -> Int32 {
        let x = Double(column - 128) / 90
        let y = Double(row - 135) / 105
        let radius = (x * x + y * y).squareRoot()
        let isCalcified = column % 53 < 4 && row % 61 < 4
        switch radius {
        case ..<0.85: return isCalcified ? 180 : 35
        case ..<0.95: return 1100
        case ..<1: return 30
        default: return -1000
        }
    }

    /// Draws digits of 5 x 7 dots, each dot `scale` pixels wide, from the top left corner.
    mutating func draw(_ digits: String, at origin: (Int, Int), scale: Int, hounsfield value: Int32)
    {
        for (place, digit) in digits.enumerated() {
            guard let rows = Self.dots[digit] else { continue }
            for row in 0..<7 * scale {
                for column in 0..<5 * scale
                where rows[row / scale] >> (4 - column / scale) & 1 == 1 {
                    let x = origin.0 + place * 6 * scale + column
                    let y = origin.1 + row
                    if x < Self.size, y < Self.size { hounsfield[y * Self.size + x] = value }
                }
            }
        }
    }

    /// Sets a pixel if it is in the picture.
    mutating func set(column: Int, row: Int, to value: Int32) {
        guard (0..<Self.size).contains(column), (0..<Self.size).contains(row) else { return }
        hounsfield[row * Self.size + column] = value
    }

    /// Averages each pixel with its neighbours, as resampling does.
    mutating func smooth() {
        let source = hounsfield
        for row in 1..<Self.size - 1 {
            for column in 1..<Self.size - 1 {
                var sum: Int32 = 0
                for (step, weight) in [(-1, 1), (0, 2), (1, 1)] as [(Int, Int32)] {
                    let index = (row + step) * Self.size + column
                    sum += weight * (source[index - 1] + 2 * source[index] + source[index + 1])
                }
                hounsfield[row * Self.size + column] = sum / 16
            }
        }
    }

    var frame: DecodedFrame {
        DecodedFrame(
            rows: Self.size,
            columns: Self.size,
            bitsStored: 16,
            isSigned: true,
            samples: hounsfield.map { $0 + 1024 }
        )
    }

    private static let dots: [Character: [Int]] = [
        "0": [14, 17, 19, 21, 25, 17, 14], "1": [4, 12, 4, 4, 4, 4, 14],
        "2": [14, 17, 1, 2, 4, 8, 31], "4": [2, 6, 10, 18, 31, 2, 2],
        "8": [14, 17, 17, 14, 17, 17, 14], "9": [14, 17, 17, 15, 1, 2, 12],
    ]
}
