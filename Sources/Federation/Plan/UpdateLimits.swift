/// What an update must keep to be counted (`updateValidation` of the plan).
package struct UpdateLimits: Sendable, Hashable, Codable {
    /// The largest Euclidean norm over all parameters of the delta; nil for no limit.
    package var maximumNorm: Double?
    /// The largest magnitude of a single parameter of the delta; nil for no limit.
    package var maximumAbs: Double?

    /// Limits, each above 0 or nil.
    package init(maximumNorm: Double? = nil, maximumAbs: Double? = nil) {
        self.maximumNorm = maximumNorm
        self.maximumAbs = maximumAbs
    }

    init(reading reader: inout SectionReader) {
        maximumNorm = reader.optionalNumber("maximumNorm", in: 0...1e30, aboveLower: true)
        maximumAbs = reader.optionalNumber("maximumAbs", in: 0...1e30, aboveLower: true)
    }
}
