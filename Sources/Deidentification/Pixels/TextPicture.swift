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

    // MARK: Objects in air

    /// Lines of small objects in air, whatever their values: noise does not stand in lines.
    ///
    /// Bright letters are looked for at a high cut too, where their halo does not join them; around
    /// the halo there must be air, as the edge of the skull would be a line at that cut.
    func linesInAir() -> [PixelRegion] {
        let low = air.value + max(stored(60), 9 * air.deviation / 2)
        let middle = air.value + stored(450)
        let cuts: [(letters: Int32, air: Int32, halo: Int)] = [
            (low, low, 0), (middle, middle, 0), (air.value + stored(1800), middle, 4),
        ]
        return cuts.flatMap { cut in
            let mask = mask(samples) { $0 > cut.letters }
            let lines = TextLine.lines(
                among: ComponentFinder.components(of: mask, samples: samples),
                letters: 3.5
            )
            let bright = self.mask(samples) { $0 > cut.air }
            return lines.map(\.region).filter { isInAir($0, bright, halo: cut.halo) }
        }
    }

    /// Whether hardly anything but the line and its halo is brighter than air around it.
    private func isInAir(_ region: PixelRegion, _ mask: PixelMask, halo: Int) -> Bool {
        let margin = halo + 3
        let left = max(0, region.column - margin)
        let right = min(columns, region.column + region.width + margin)
        let top = max(0, region.row - margin)
        let bottom = min(rows, region.row + region.height + margin)
        let (insideRows, insideColumns) = (
            region.row - halo..<region.row + region.height + halo,
            region.column - halo..<region.column + region.width + halo
        )
        var (border, bright) = (0, 0)
        for row in top..<bottom {
            for column in left..<right {
                if insideRows.contains(row), insideColumns.contains(column) { continue }
                border += 1
                if mask.contains(row: row, column: column) { bright += 1 }
            }
        }
        return 10 * bright <= border
    }

    // MARK: Strokes

    /// Where to cut strokes in HU: the halo of bright letters joins them at a low cut, and faint
    /// letters vanish at a high one.
    private static let strokeLevels = [70.0, 200, 700]

    /// Lines of thin strokes over anything: drawn in one value, or smoothed but all alike.
    func linesOfStrokes(dark: Bool) -> BurnedInText.Findings {
        let strokes = ThinStrokes.topHat(of: samples, rows: rows, columns: columns, dark: dark)
        var (found, suspects): ([PixelRegion], [PixelRegion]) = ([], [])
        for level in Self.strokeLevels {
            let least = stored(level)
            let mask = mask(strokes) { $0 >= least }
            let lines = TextLine.lines(
                among: ComponentFinder.components(of: mask, samples: strokes),
                letters: 2.9
            )
            for line in lines {
                if isDrawn(line, mask) || (!dark && line.isSmoothText) {
                    found.append(line.region)
                } else if line.isStraight, line.hasOneBrightness, level > Self.strokeLevels[0] {
                    suspects.append(line.region)
                }
            }
        }
        return BurnedInText.Findings(lines: found, suspects: suspects)
    }

    /// Whether many of the strokes' pixels have exactly one value, which noise would not leave.
    ///
    /// Where measured pixels have hardly any noise, nearly all must have it.
    private func isDrawn(_ line: TextLine, _ mask: PixelMask) -> Bool {
        let region = line.region
        var values: [Int32] = []
        for row in region.row..<region.row + region.height {
            for column in region.column..<region.column + region.width
            where mask.contains(row: row, column: column) {
                values.append(samples[row * columns + column])
            }
        }
        values.sort()
        var (longest, run, last) = (0, 0, Int32.min)
        for value in values {
            run = value == last ? run + 1 : 1
            last = value
            if value != air.least { longest = max(longest, run) }
        }
        guard shared.isNoisy else {
            return longest >= 16 && 100 * longest >= 90 * values.count && line.glyphs.count >= 4
                && line.isStraight
        }
        let usual = max(0.15, 2.2 * shared.ratio)
        return longest >= 8 && Double(longest) >= usual * Double(values.count)
    }
}
