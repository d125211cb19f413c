/// A circumstance of an exam that is reported as a subgroup instead of being excluded.
package enum ExamContext: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// After neurosurgery.
    case postoperative
    /// Implants or other metal in the field.
    case hardware
    /// A child.
    case pediatric
    /// Stated to have none of the others; an empty list means "not stated".
    case unremarkable = "none"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
