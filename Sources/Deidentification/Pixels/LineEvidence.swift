import Foundation

/// What speaks for a line of strokes being written: what letters have and anatomy has not.
///
/// Letters of one line are many, stand on one line and hardly above it, have thin strokes that
/// cover much of their place, are flat on top, and nothing else of their kind is around them. None
/// of it depends on a font. How much each weighs was fitted once, by logistic regression over lines
/// in slices with planted text and without (`Tests/Corpus/Text`).
struct LineEvidence {
    /// The logarithm of the number of letters.
    let letters: Double
    /// The part of the glyphs that stand on one line or hang from one.
    let alignment: Double
    /// The height of the line in glyphs, at most 4.
    let slimness: Double
    /// The width of strokes in heights of glyphs, at most 1.
    let strokeWidth: Double
    /// The part of the line's rectangle that strokes cover.
    let ink: Double
    /// How near strokes come to their own peaks.
    let flatness: Double
    /// The part of the glyphs less than 5 pixels high.
    let smallness: Double
    /// The part of what surrounds the line that strokes cover, at most a half.
    let surroundings: Double
    /// The part of the strokes in the line's rectangle that are none of its glyphs.
    let foreignness: Double

    /// Gathers the evidence of a line among all strokes of its height.
    init(_ line: TextLine, among strokes: PixelRuns) {
        let height = Self.median(line.glyphs.map { Double($0.height) })
        let box = line.region
        let (across, down) =
            line.isUpright
            ? (Double(box.height), Double(box.width)) : (Double(box.width), Double(box.height))
        let area = Double(line.glyphs.reduce(0) { $0 + $1.area })
        let inside = strokes.count(in: box)
        let wide = box.widened(by: 3, rows: strokes.rows, columns: strokes.columns)
        let border = wide.width * wide.height - box.width * box.height
        letters = log(line.letterCount)
        alignment = line.alignment
        slimness = min(4, down / height)
        strokeWidth = min(1, Self.median(line.glyphs.map(\.strokeWidth)) / height)
        ink = area / (across * down)
        flatness = Self.median(line.glyphs.map(\.flatness))
        smallness =
            Double(line.glyphs.count { $0.height < 5 }) / Double(line.glyphs.count)
        surroundings = min(
            0.5,
            Double(strokes.count(in: wide) - inside) / Double(max(1, border))
        )
        foreignness = 1 - area / Double(max(1, inside))
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

extension LineEvidence {
    /// Whether the line is taken for text in a picture whose shorter side has so many pixels.
    ///
    /// From 256 pixels on anatomy is thicker than strokes. In smaller pictures the skull is two or
    /// three pixels thin, as letters are, and a line has to look the more written.
    func isWritten(inPictureOf side: Int) -> Bool {
        logOdds >= 2.5 + max(0, 2.5 * log2(256 / Double(max(1, side))))
    }

    /// Whether the line is worth a second reader's look.
    var isSuspect: Bool { logOdds >= 1 }

    /// The logarithm of the odds that the line is written.
    private var logOdds: Double {
        let form = 5.16 * letters + 2.9 * alignment - 2.32 * slimness - 1.44 * smallness
        let strokes = 3.93 * strokeWidth + 16.35 * ink + 5.05 * flatness
        let place = -16.33 * surroundings + 5.78 * foreignness
        return form + strokes + place - 16.15
    }
}
