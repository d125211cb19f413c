/// Ways to write: dots as consoles do, lines as plotters do, segments as displays do.
enum PlantedFont: CaseIterable {
    case dots, lines, segments

    /// A name and a number in letters that the font has.
    var text: String {
        switch self {
        case .dots, .lines: "DOE JANE 1921"
        case .segments: "JA9E 149208"
        }
    }

    /// The pixels (column, row) of the text at a height in pixels.
    func pixels(height: Int) -> [(column: Int, row: Int)] {
        let advance = height * 6 / 7 + 1
        var result: [(column: Int, row: Int)] = []
        for (place, letter) in text.enumerated() {
            for dot in glyph(letter, height: height) {
                result.append((dot.column + place * advance, dot.row))
            }
        }
        return result
    }

    private func glyph(_ letter: Character, height: Int) -> [(column: Int, row: Int)] {
        switch self {
        case .dots: Self.dotted(letter, height: height)
        case .lines: Self.traced(Self.strokes[letter] ?? [], height: height)
        case .segments:
            Self.traced((Self.lit[letter] ?? []).map { Self.bars[$0] }, height: height)
        }
    }

    private static func dotted(_ letter: Character, height: Int) -> [(column: Int, row: Int)] {
        guard let rows = dotRows[letter] else { return [] }
        let width = height * 5 / 7
        var result: [(column: Int, row: Int)] = []
        for row in 0..<height {
            let bits = rows[row * 7 / height]
            for column in 0..<width where bits >> (4 - column * 5 / width) & 1 == 1 {
                result.append((column, row))
            }
        }
        return result
    }

    /// Strokes between points of a grid of 4 x 6, one or more pixels thick.
    private static func traced(_ strokes: [[Int]], height: Int) -> [(column: Int, row: Int)] {
        let unit = Double(height - 1) / 6
        let thickness = max(1, height / 9)
        var result: [(column: Int, row: Int)] = []
        for stroke in strokes {
            for part in 0...6 * height {
                let t = Double(part) / Double(6 * height)
                let x = Double(stroke[0]) + t * Double(stroke[2] - stroke[0])
                let y = Double(stroke[1]) + t * Double(stroke[3] - stroke[1])
                for down in 0..<thickness {
                    for across in 0..<thickness {
                        result.append((Int(x * unit) + across, Int(y * unit) + down))
                    }
                }
            }
        }
        return result
    }

    private static let dotRows: [Character: [Int]] = [
        "A": [14, 17, 17, 31, 17, 17, 17], "D": [30, 17, 17, 17, 17, 17, 30],
        "E": [31, 16, 16, 30, 16, 16, 31], "J": [7, 2, 2, 2, 2, 18, 12],
        "N": [17, 25, 21, 19, 17, 17, 17], "O": [14, 17, 17, 17, 17, 17, 14],
        "1": [4, 12, 4, 4, 4, 4, 14], "2": [14, 17, 1, 6, 8, 16, 31],
        "9": [14, 17, 17, 15, 1, 1, 14],
    ]

    /// From column, row to column, row.
    private static let strokes: [Character: [[Int]]] = [
        "A": [[0, 6, 2, 0], [2, 0, 4, 6], [1, 4, 3, 4]],
        "D": [[0, 0, 0, 6], [0, 0, 3, 1], [3, 1, 4, 3], [4, 3, 3, 5], [3, 5, 0, 6]],
        "E": [[0, 0, 0, 6], [0, 0, 4, 0], [0, 3, 3, 3], [0, 6, 4, 6]],
        "J": [[4, 0, 4, 5], [4, 5, 2, 6], [2, 6, 0, 5]],
        "N": [[0, 6, 0, 0], [0, 0, 4, 6], [4, 6, 4, 0]],
        "O": [
            [1, 0, 3, 0], [3, 0, 4, 3], [4, 3, 3, 6], [3, 6, 1, 6], [1, 6, 0, 3], [0, 3, 1, 0],
        ],
        "1": [[1, 1, 2, 0], [2, 0, 2, 6], [1, 6, 3, 6]],
        "2": [[0, 1, 2, 0], [2, 0, 4, 1], [4, 1, 0, 6], [0, 6, 4, 6]],
        "9": [[4, 2, 2, 3], [2, 3, 0, 2], [0, 2, 2, 0], [2, 0, 4, 2], [4, 2, 3, 6]],
    ]

    /// Top, upper right, lower right, bottom, lower left, upper left, middle.
    private static let bars = [
        [0, 0, 4, 0], [4, 0, 4, 3], [4, 3, 4, 6], [0, 6, 4, 6], [0, 3, 0, 6], [0, 0, 0, 3],
        [0, 3, 4, 3],
    ]
    private static let lit: [Character: [Int]] = [
        "J": [1, 2, 3, 4], "A": [0, 1, 2, 4, 5, 6], "E": [0, 3, 4, 5, 6], "0": [0, 1, 2, 3, 4, 5],
        "1": [1, 2], "2": [0, 1, 6, 4, 3], "4": [5, 6, 1, 2], "8": [0, 1, 2, 3, 4, 5, 6],
        "9": [0, 1, 2, 3, 5, 6],
    ]
}

extension DrawnHead {
    /// Writes the text of a font; what leaves the picture is cut off.
    mutating func write(
        _ font: PlantedFont,
        at origin: (Int, Int),
        height: Int,
        hounsfield value: Int32
    ) {
        for pixel in font.pixels(height: height) {
            set(column: origin.0 + pixel.column, row: origin.1 + pixel.row, to: value)
        }
    }
}
