/// What the coordinator made of a contribution.
package struct ContributionReceipt: Sendable, Hashable, Codable {
    /// The outcomes.
    package enum Status: String, Sendable, Hashable, Codable {
        case accepted
        case rejected
        case late
    }

    /// The outcome.
    package let status: Status
    /// The reason code of a rejection.
    package let reason: String?

    /// Makes a receipt.
    package init(status: Status, reason: String? = nil) {
        self.status = status
        self.reason = reason
    }
}
