package import DICOM

/// Finds text written into the pixels of a CT slice, whatever Burned In Annotation says.
///
/// Text drawn by a program differs from anatomy in ways that do not depend on its brightness: its
/// strokes have one value while measured pixels have noise, its glyphs stand in a line, and boxes
/// behind it have straight edges. Text that was smoothed or compressed keeps but the line: thin
/// strokes in a row, for which there is evidence of their form.
package enum BurnedInText {
    /// What a search came to.
    package struct Findings: Sendable {
        /// The lines of text.
        package let lines: [PixelRegion]
        /// Places that look written but for the pixels' values: worth a second reader's look.
        package let suspects: [PixelRegion]
    }

    /// The lines of text in a frame of grey values; empty if there are none.
    ///
    /// HU are `slope` times the stored value plus `intercept`.
    package static func detect(
        in frame: DecodedFrame,
        slope: Double = 1,
        intercept: Double = -1024
    ) -> [PixelRegion] {
        search(frame, slope: slope, intercept: intercept).lines
    }

    /// Searches a frame of grey values.
    package static func search(
        _ frame: DecodedFrame,
        slope: Double = 1,
        intercept: Double = -1024
    ) -> Findings {
        guard frame.samplesPerPixel == 1, slope > 0 else {
            return Findings(lines: [], suspects: [])
        }
        let picture = TextPicture(frame, slope: slope, intercept: intercept)
        let strokes = picture.linesOfStrokes()
        let others = picture.linesOfOneValue() + picture.boxes()
        return Findings(
            lines: PixelRegion.merged(others + strokes.lines),
            suspects: PixelRegion.merged(strokes.suspects)
        )
    }
}
