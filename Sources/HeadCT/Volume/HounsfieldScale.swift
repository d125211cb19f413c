package import DICOM

/// From stored pixel values to Hounsfield units, with the exceptions CT scanners make
/// (evaluation.md section 5).
///
/// HU = stored × slope + intercept. Padding outside the reconstruction circle and anything below
/// -1024 HU becomes air (-1000 HU). Metal that saturates the scale (3071 HU at 12 bits) is kept as
/// it is.
package struct HounsfieldScale: Sendable, Hashable {
    /// What air and everything outside the scanned circle is set to.
    package static let air: Int16 = -1000

    /// The lowest value of the CT scale; what is below it is not a measurement.
    package static let lowest: Int16 = -1024

    let slope: Double
    let intercept: Double
    let padding: ClosedRange<Int32>?
    let wrapsAtTwelveBits: Bool

    /// Reads the scale of an image.
    ///
    /// - Throws: `missing-attribute` without Rescale Slope or Intercept, `invalid-attribute` for a
    ///   slope of zero.
    package init(
        _ dataSet: DataSet,
        bitsStored: Int,
        isSigned: Bool
    ) throws(HeadCTError) {
        guard let slope = dataSet.double(.rescaleSlope),
            let intercept = dataSet.double(.rescaleIntercept)
        else {
            throw HeadCTError(
                .missingAttribute,
                "RescaleSlope (0028,1053) or RescaleIntercept (0028,1052)"
            )
        }
        self.init(
            slope: slope,
            intercept: intercept,
            padding: Self.padding(of: dataSet, bitsStored: bitsStored, isSigned: isSigned),
            bitsStored: bitsStored,
            isSigned: isSigned
        )
        guard slope != 0, slope.isFinite, intercept.isFinite else {
            throw HeadCTError(.invalidAttribute, "RescaleSlope (0028,1053) is zero")
        }
    }

    /// Makes a scale from its parts.
    init(
        slope: Double,
        intercept: Double,
        padding: ClosedRange<Int32>?,
        bitsStored: Int,
        isSigned: Bool
    ) {
        self.slope = slope
        self.intercept = intercept
        // A padding value that would be tissue is a mistake in the header: obeying it would punch
        // holes into the brain.
        let isTissue = padding.map { range in
            [range.lowerBound, range.upperBound].contains {
                Double($0) * slope + intercept > Self.highestPadding
            }
        }
        self.padding = isTissue == false ? padding : nil
        // Unsigned 12-bit data whose scale cannot express air has been wrapped: -1000 is stored as
        // 3096.
        wrapsAtTwelveBits = bitsStored == 12 && !isSigned && slope == 1 && intercept > -100
    }

    private static let highestPadding = -500.0

    private static func padding(
        of dataSet: DataSet,
        bitsStored: Int,
        isSigned: Bool
    ) -> ClosedRange<Int32>? {
        guard let first = dataSet.int(.pixelPaddingValue) else { return nil }
        let second = dataSet.int(.pixelPaddingRangeLimit) ?? first
        // The value may carry the representation US although the pixels are signed.
        let values = [first, second].map { value in
            isSigned && value > 0x7FFF ? value - 0x10000 : value
        }
        guard let low = Int32(exactly: min(values[0], values[1])),
            let high = Int32(exactly: max(values[0], values[1]))
        else { return nil }
        return low...high
    }

    /// The Hounsfield units of stored values, rounded to whole units.
    package func hounsfield(_ stored: [Int32]) -> [Int16] {
        if slope == 1, intercept == intercept.rounded(), abs(intercept) < 1e6, padding == nil,
            !wrapsAtTwelveBits
        {
            let offset = Int32(intercept)
            return stored.map { Self.clipped($0.addingReportingOverflow(offset).partialValue) }
        }
        return stored.map { value in
            if let padding, padding.contains(value) { return Self.air }
            let unwrapped = wrapsAtTwelveBits && value >= 3096 ? value - 4096 : value
            let scaled = (Double(unwrapped) * slope + intercept).rounded()
            return Self.clipped(Int32(max(-40_000, min(40_000, scaled))))
        }
    }

    @inline(__always)
    private static func clipped(_ value: Int32) -> Int16 {
        value < Int32(lowest) ? air : Int16(min(value, Int32(Int16.max)))
    }
}
