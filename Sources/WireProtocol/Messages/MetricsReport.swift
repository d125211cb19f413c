package import CanonicalJSON
package import Federation

/// A site's metrics for the final model, after disclosure control (Protocol.md section 5.9).
package struct MetricsReport: Sendable, Hashable, Codable {
    /// The model that was scored.
    package let modelSHA256: SHA256Digest
    /// The metrics as the module `Evaluation` writes them.
    package let metrics: JSONValue

    /// Makes a report.
    package init(modelSHA256: SHA256Digest, metrics: JSONValue) {
        self.modelSHA256 = modelSHA256
        self.metrics = metrics
    }
}
