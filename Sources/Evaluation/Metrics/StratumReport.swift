/// How many positive exams of one stratum (volume or type) were detected.
package struct StratumReport: Sendable, Hashable, Codable {
    /// The name, such as `0.1–5 mL` or `subdural`.
    package let label: String
    /// The lower edge in mL, included; nil for types and unknown volume.
    package let fromML: Double?
    /// The upper edge in mL, not included; nil when open.
    package let toML: Double?
    /// The positive exams in the stratum.
    package let total: Reported<Count>
    /// Those among them that were called positive.
    package let detected: Reported<Count>
    /// detected / total.
    package let sensitivity: Reported<RateEstimate>
}
