/// What an aggregation made.
package struct AggregationReport: Sendable, Hashable, Codable {
    /// The digest of the new global model's file.
    package let model: SHA256Digest
    /// The bytes of the new global model's file.
    package let bytes: Int
    /// The sum of the weights.
    package let totalWeight: Double
    /// The Euclidean norm of the step from the old global model to the new one.
    package let stepNorm: Double
    /// How each site's update lay to the step, ascending by id; empty where a rule does not measure.
    package var sites: [SiteAggregation] = []
}
