package import DICOM

/// Finds text written into the pixels of a CT slice, whatever Burned In Annotation says.
///
/// Text drawn by a program differs from anatomy in two ways that do not depend on its brightness:
/// its strokes have one value while measured pixels have noise, and its glyphs stand in a line.
/// Outside the head, smoothed or compressed text is found as small objects in air.
package enum BurnedInText {
    /// The contrast of legible text in HU.
    private static let legibleContrast = 100.0

    /// Brightness in HU above which something in air is an object.
    private static let objectBrightness = -500.0

    /// The lines of text in a frame of grey values; empty if there are none.
    ///
    /// HU are `slope` times the stored value plus `intercept`.
    package static func detect(
        in frame: DecodedFrame,
        slope: Double = 1,
        intercept: Double = -1024
    ) -> [PixelRegion] {
        guard frame.samplesPerPixel == 1, slope > 0 else { return [] }
        let contrast = Int32(max(1, min(1e6, (legibleContrast / slope).rounded())))
        var lines = drawnLines(frame.samples, frame, contrast)
        lines += drawnLines(frame.samples.map { -$0 }, frame, contrast, minimumGlyphCount: 6)
        lines += linesInAir(frame, contrast, ((objectBrightness - intercept) / slope).rounded())
        lines += smoothLines(frame, contrast)
        return PixelRegion.merged(lines.map(\.region))
    }

    /// Lines of strokes of exactly one value, brighter than all around them.
    private static func drawnLines(
        _ samples: [Int32],
        _ frame: DecodedFrame,
        _ contrast: Int32,
        minimumGlyphCount: Int = 4
    ) -> [TextLine] {
        let rule = FlatRule(contrast: contrast)
        let flat = components(samples, frame, contrast, rule).filter {
            Double($0.fallingEdgeCount) >= 0.85 * Double($0.edgeCount)
        }
        return TextLine.lines(among: flat, minimumGlyphCount: minimumGlyphCount)
    }

    /// Lines of small objects in air, whatever their values.
    private static func linesInAir(
        _ frame: DecodedFrame,
        _ contrast: Int32,
        _ threshold: Double
    ) -> [TextLine] {
        guard abs(threshold) < 1e6 else { return [] }
        let rule = BrightRule(threshold: Int32(threshold))
        return TextLine.lines(
            among: components(frame.samples, frame, contrast, rule),
            minimumGlyphCount: 5
        )
    }

    /// Lines of thin bright strokes of about one brightness over anything: smoothed text.
    private static func smoothLines(_ frame: DecodedFrame, _ contrast: Int32) -> [TextLine] {
        let strokes = ThinStrokes.topHat(
            of: frame.samples,
            rows: frame.rows,
            columns: frame.columns
        )
        return strokeLevels.flatMap { level in
            let rule = BrightRule(threshold: contrast * level)
            return TextLine.lines(
                among: components(strokes, frame, contrast, rule),
                minimumGlyphCount: 5
            ).filter { $0.hasOneBrightness && $0.isStraight }
        }
    }

    /// Where to cut smoothed strokes, in multiples of the legible contrast: the halo of bright
    /// letters joins them at a low cut, and faint letters vanish at a high one.
    private static let strokeLevels: [Int32] = [1, 3, 10]

    private static func components(
        _ samples: [Int32],
        _ frame: DecodedFrame,
        _ contrast: Int32,
        _ rule: some ComponentRule
    ) -> [Component] {
        var finder = ComponentFinder(
            samples: samples,
            rows: frame.rows,
            columns: frame.columns,
            contrast: contrast,
            rule: rule
        )
        return finder.components()
    }
}
