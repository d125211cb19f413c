import DICOM

/// How stored values become HU: `slope` times the value plus `intercept` (PS3.3 C.11.1.1.2).
struct HounsfieldScale: Hashable, Sendable {
    let slope: Double
    let intercept: Double

    /// Reads the scale of an image.
    ///
    /// Throws `missing-attribute` for a slope or an intercept by which no brightness can be judged.
    init(_ dataSet: DataSet) throws(QuarantineReason) {
        let slope = dataSet.double(.rescaleSlope) ?? 1
        let intercept = dataSet.double(.rescaleIntercept) ?? -1024
        guard (0.001...1000).contains(slope), abs(intercept) < 1e6 else {
            throw QuarantineReason(
                .missingAttribute,
                "\(Tag.rescaleSlope) or \(Tag.rescaleIntercept) makes no HU of the pixels"
            )
        }
        self.slope = slope
        self.intercept = intercept
    }
}
