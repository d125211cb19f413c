/// The number of a round within its run, counted from 1.
///
/// `initial` (0) names the state before the first round: the model that round 1 starts from.
package struct RoundNumber: RawRepresentable, Hashable, Sendable, Codable, Comparable {
    /// The number, at least 0.
    package let rawValue: Int

    /// Before the first round.
    package static let initial = RoundNumber(unchecked: 0)

    /// The first round.
    package static let first = RoundNumber(unchecked: 1)

    /// The round of this number, or nil if it is negative or above 1,000,000.
    package init?(rawValue: Int) {
        guard (0...1_000_000).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: Int) { self.rawValue = rawValue }

    /// The round after this one.
    package var next: RoundNumber { RoundNumber(unchecked: rawValue + 1) }

    /// The round before this one, or nil for `initial`.
    package var previous: RoundNumber? { RoundNumber(rawValue: rawValue - 1) }

    /// The order of time.
    package static func < (left: RoundNumber, right: RoundNumber) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension RoundNumber: CustomStringConvertible {
    /// The number in decimal.
    package var description: String { String(rawValue) }
}
