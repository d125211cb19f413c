/// Who holds a run: while anyone does, it gives no work, opens nothing, and its time stands still.
package enum HoldReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The operator, until it is resumed.
    case byOperator = "by-operator"
    /// The plan's schedule, until its hours.
    case schedule
}
