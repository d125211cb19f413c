import DICOM

/// A slice as the searches for text see it.
struct TextPicture {
    let rows: Int
    let columns: Int
    let samples: [Int32]
    /// The air around the head in stored values, and how much it varies.
    let air: AirLevel
    /// How many neighbours share each value.
    let shared: SharedValues
    private let slope: Double

    init(_ frame: DecodedFrame, slope: Double, intercept: Double) {
        rows = frame.rows
        columns = frame.columns
        samples = frame.samples
        self.slope = slope
        air = AirLevel(frame, slope: slope, intercept: intercept)
        shared = SharedValues(frame, air: air)
    }

    /// A difference in HU as one of stored values.
    func stored(_ hounsfield: Double) -> Int32 {
        Int32(max(1, min(1e6, (hounsfield / slope).rounded())))
    }

    func mask(_ values: [Int32], where holds: (Int32) -> Bool) -> PixelMask {
        PixelMask(values, rows: rows, columns: columns, where: holds)
    }

    // MARK: Strokes

    /// Where strokes are cut in HU, each half as high again as the one before: the halo of bright
    /// letters joins them at a low cut, and faint letters vanish at a high one.
    private static let cuts = [
        45, 70, 110, 170, 260, 400, 650, 1000, 1600, 3000, 6000, 12000, 24000,
    ].map(Double.init)

    /// Where strokes are cut after noise was smoothed away, for letters hardly above it.
    private static let smoothedCuts = [30.0, 45, 70, 110]

    /// Lines of strokes that look written, over anything and of any brightness.
    func linesOfStrokes() -> BurnedInText.Findings {
        var (found, suspects): ([PixelRegion], [PixelRegion]) = ([], [])
        for (plane, cuts) in [(samples, Self.cuts), (smoothed(), Self.smoothedCuts)] {
            for isDark in [false, true] {
                let strokes = ThinStrokes.topHat(
                    of: plane,
                    rows: rows,
                    columns: columns,
                    dark: isDark
                )
                forEachCut(of: strokes, at: cuts) { runs in
                    let components = ComponentFinder.components(of: runs, samples: strokes)
                    for line in TextLine.candidates(among: components) {
                        let evidence = LineEvidence(line, among: runs)
                        if evidence.isWritten(inPictureOf: min(rows, columns)) {
                            found.append(line.region)
                        } else if evidence.isSuspect {
                            suspects.append(line.region)
                        }
                    }
                }
            }
        }
        return BurnedInText.Findings(lines: found, suspects: suspects)
    }

    /// Cuts a plane at ascending heights, each within the one before.
    private func forEachCut(of strokes: [Int32], at cuts: [Double], _ body: (PixelRuns) -> Void) {
        let most = strokes.max() ?? 0
        var runs: PixelRuns?
        for level in cuts.map(stored) where level <= most {
            let next =
                runs?.cut(strokes, from: level)
                ?? PixelRuns(strokes, rows: rows, columns: columns, from: level)
            body(next)
            runs = next
        }
    }

    /// Each pixel averaged with its neighbours, by the weights 1, 2, 1 along both axes.
    private func smoothed() -> [Int32] {
        var across = samples
        for row in 0..<rows {
            for index in row * columns + 1..<max(row * columns + 1, (row + 1) * columns - 1) {
                across[index] = samples[index - 1] + 2 * samples[index] + samples[index + 1]
            }
            for index in [row * columns, (row + 1) * columns - 1] { across[index] *= 4 }
        }
        var result = across
        for index in columns..<max(columns, (rows - 1) * columns) {
            let sum = across[index - columns] + 2 * across[index] + across[index + columns]
            result[index] = (sum + 8) >> 4
        }
        for index in 0..<columns {
            result[index] = across[index] / 4
            let last = (rows - 1) * columns + index
            result[last] = across[last] / 4
        }
        return result
    }
}
