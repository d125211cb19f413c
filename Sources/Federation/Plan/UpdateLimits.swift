/// What an update must keep to be counted (`updateValidation` of the plan).
package struct UpdateLimits: Sendable, Hashable, Codable {
    /// The largest Euclidean norm over all parameters of the delta; nil for no limit.
    package var maximumNorm: Double?
    /// The largest magnitude of a single parameter of the delta; nil for no limit.
    package var maximumAbs: Double?
    /// How many times the median norm of the round before an update may have; nil for no such rule.
    package var normMedianFactor: Double?
    /// The norm that is allowed whatever the median is; 0 where it is nil.
    package var normFloor: Double?

    /// Limits, each above 0 or nil.
    package init(
        maximumNorm: Double? = nil,
        maximumAbs: Double? = nil,
        normMedianFactor: Double? = nil,
        normFloor: Double? = nil
    ) {
        self.maximumNorm = maximumNorm
        self.maximumAbs = maximumAbs
        self.normMedianFactor = normMedianFactor
        self.normFloor = normFloor
    }

    /// The largest norm after a round whose updates had these norms; nil for no limit.
    ///
    /// The median of fewer than three says nothing about what is usual.
    package func normCap(after norms: [Double]) -> Double? {
        guard let normMedianFactor, norms.count >= 3 else { return maximumNorm }
        let usual = CoordinateMedian.middle(of: norms.sorted()) * normMedianFactor
        return min(max(usual, normFloor ?? 0), maximumNorm ?? .infinity)
    }

    init(reading reader: inout SectionReader) {
        maximumNorm = reader.optionalNumber("maximumNorm", in: 0...1e30, aboveLower: true)
        maximumAbs = reader.optionalNumber("maximumAbs", in: 0...1e30, aboveLower: true)
        normMedianFactor = reader.optionalNumber("normMedianFactor", in: 1...1e6)
        normFloor = reader.optionalNumber("normFloor", in: 0...1e30)
        if normFloor != nil && normMedianFactor == nil {
            reader.report(
                .inconsistent,
                "normFloor",
                "belongs to normMedianFactor, which is absent"
            )
        }
    }
}
