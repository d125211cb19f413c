package import DICOM

/// Blanks text beside the head; text over the head is not painted over but reported.
///
/// Whole bands are blanked, not single letters, and the result is looked at again by both readers.
package struct TextCleaning: Sendable {
    /// What became of a slice.
    package enum Outcome: Hashable, Sendable {
        /// No text was found; the samples are as they were.
        case clean
        /// Bands were blanked and nothing reads any more.
        case blanked([PixelRegion])
        /// Text touches the head: hold the slice back.
        case overAnatomy([PixelRegion])
        /// Text still reads after blanking: hold the slice back.
        case stillReads([PixelRegion])
    }

    private let slope: Double
    private let intercept: Double
    private let reader: (any TextReader)?

    /// Makes a cleaner with a second reader, where one is installed.
    ///
    /// HU are `slope` times the stored value plus `intercept`.
    package init(
        slope: Double = 1,
        intercept: Double = -1024,
        reader: (any TextReader)? = nil
    ) {
        self.slope = slope
        self.intercept = intercept
        self.reader = reader
    }

    /// What either reader finds in a slice.
    ///
    /// The second reader, which takes long, is asked only where the first one found or suspects
    /// something.
    ///
    /// - Throws: What the second reader throws.
    package func regions(in frame: DecodedFrame) throws -> [PixelRegion] {
        let first = BurnedInText.search(frame, slope: slope, intercept: intercept)
        guard let reader, !first.lines.isEmpty || !first.suspects.isEmpty else {
            return first.lines
        }
        return PixelRegion.merged(first.lines + (try reader.words(in: picture(of: frame))))
    }

    /// Looks for text and blanks it.
    ///
    /// - Parameters:
    ///   - frame: The slice.
    ///   - found: What ``regions(in:)`` found in it; looked for if nil.
    ///   - known: Places of text in other slices of the series, from ``repeated(_:)``.
    /// - Returns: The outcome, and the frame with the bands blanked.
    /// - Throws: What the second reader throws.
    package func clean(
        _ frame: DecodedFrame,
        found: [PixelRegion]? = nil,
        known: [PixelRegion] = []
    ) throws -> (outcome: Outcome, frame: DecodedFrame) {
        let found = try found ?? regions(in: frame)
        guard !found.isEmpty || !known.isEmpty else { return (.clean, frame) }
        let head = HeadShadow(frame, slope: slope, intercept: intercept, ignoring: found + known)
        let touching = found.filter { head.touches($0, margin: 2) }
        guard touching.isEmpty else { return (.overAnatomy(touching), frame) }
        let others = known.filter { !head.touches($0, margin: 2) }
        var bands = PixelRegion.merged((found + others).map { $0.band(in: frame) })
        guard !bands.isEmpty else { return (.clean, frame) }
        var result = blanked(frame, bands: bands, head: head)
        var left = try remaining(in: result)
        // What compression left beside a line, or a line that a brighter one outshone.
        for _ in 1..<Self.rounds where !left.isEmpty {
            guard !left.contains(where: { head.touches($0, margin: 2) }) else { break }
            bands = PixelRegion.merged(bands + left.map { $0.band(in: frame) })
            result = blanked(frame, bands: bands, head: head)
            left = try remaining(in: result)
        }
        return (left.isEmpty ? .blanked(bands) : .stillReads(left), result)
    }

    /// How often bands are blanked before a slice that still reads is held back.
    private static let rounds = 3

    /// What either reader still finds after blanking; here the second one always looks.
    private func remaining(in frame: DecodedFrame) throws -> [PixelRegion] {
        let drawn = BurnedInText.detect(in: frame, slope: slope, intercept: intercept)
        return PixelRegion.merged(drawn + (try reader?.words(in: picture(of: frame)) ?? []))
    }

    /// The places where text was found in at least two slices of a series.
    ///
    /// Consoles write at the same place in every slice, though not every slice shows it as well.
    package static func repeated(_ slices: [[PixelRegion]]) -> [PixelRegion] {
        var result: [PixelRegion] = []
        for (index, regions) in slices.enumerated() {
            for region in regions {
                let others = slices.indices.filter { $0 != index }
                if others.contains(where: { slices[$0].contains { $0.covers(half: region) } }) {
                    result.append(region)
                }
            }
        }
        return PixelRegion.merged(result)
    }

    /// The slice for the second reader: -1000 to 2000 HU in 8 bits.
    package func picture(of frame: DecodedFrame) -> GreyPicture {
        let pixels = frame.samples.map { sample in
            UInt8(max(0, min(255, ((Double(sample) * slope + intercept) + 1000) * 0.085)))
        }
        return GreyPicture(width: frame.columns, height: frame.rows, pixels: pixels)
    }

    /// Fills bands with air wherever the head is not.
    private func blanked(
        _ frame: DecodedFrame,
        bands: [PixelRegion],
        head: HeadShadow
    ) -> DecodedFrame {
        let air = frame.nearestValue(to: (-1000 - intercept) / slope)
        var samples = frame.samples
        for band in bands {
            for row in band.row..<band.row + band.height {
                for column in band.column..<band.column + band.width
                where !head.isHead(row: row, column: column) {
                    samples[row * frame.columns + column] = air
                }
            }
        }
        return frame.replacing(samples)
    }
}
