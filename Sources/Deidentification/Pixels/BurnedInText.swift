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
    /// - Parameters:
    ///   - frame: The stored values.
    ///   - slope: HU a stored unit.
    ///   - intercept: HU of the stored value zero.
    package static func detect(
        in frame: DecodedFrame, slope: Double = 1, intercept: Double = -1024
    ) -> [PixelRegion] {
        guard frame.samplesPerPixel == 1, slope > 0 else { return [] }
        var finder = ComponentFinder(
            samples: frame.samples, rows: frame.rows, columns: frame.columns,
            contrast: Int32(max(1, min(1e6, (legibleContrast / slope).rounded()))))
        let flat = finder.flat().filter { component in
            Double(component.fallingEdgeCount) >= 0.85 * Double(component.edgeCount)
        }
        var lines = TextLine.lines(among: flat, minimumGlyphCount: 4)
        let threshold = ((objectBrightness - intercept) / slope).rounded()
        if abs(threshold) < 1e6 {
            lines += TextLine.lines(
                among: finder.bright(from: Int32(threshold)), minimumGlyphCount: 5)
        }
        return lines.map(\.region)
    }
}
