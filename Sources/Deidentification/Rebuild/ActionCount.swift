/// How often something was done to an attribute of one file, at any depth.
package struct ActionCount: Hashable, Sendable, Codable {
    /// What was done; the raw value is stable.
    package enum Action: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        /// The value was checked and stayed.
        case kept
        /// Words were taken out of the text, or a value was capped.
        case cleaned
        /// The date was moved.
        case shifted
        /// A keyed replacement stands in its place.
        case replaced
        /// The value was taken out, the attribute stayed.
        case emptied
        /// The attribute is gone.
        case removed
        /// The attribute was written anew.
        case added

        package static func < (left: Action, right: Action) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// The attribute, such as `(0010,0010)`.
    package let tag: String

    /// What was done to it.
    package let action: Action

    /// How often.
    package let count: Int

    /// Makes a count.
    package init(tag: String, action: Action, count: Int) {
        self.tag = tag
        self.action = action
        self.count = count
    }
}

extension ActionCount {
    /// The counts of many files together, by ascending tag, then action.
    package static func sum(_ counts: some Sequence<ActionCount>) -> [ActionCount] {
        var sums: [String: [Action: Int]] = [:]
        for count in counts {
            sums[count.tag, default: [:]][count.action, default: 0] += count.count
        }
        return sums.sorted { $0.key < $1.key }.flatMap { tag, actions in
            actions.sorted { $0.key < $1.key }.map {
                ActionCount(tag: tag, action: $0.key, count: $0.value)
            }
        }
    }
}
