/// How a label came about, kept as a subgroup of the comparison because each kind has its own
/// error.
package enum LabelSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// Derived from a clinical report.
    case report
    /// One reader.
    case single
    /// Several readers, by majority or agreement.
    case consensus
    /// Derived from a lesion mask.
    case mask
    /// The table does not say.
    case unknown
}
