/// The name of a run (one plan carried out by one set of sites), with the letters of a site id.
package struct RunID: RawRepresentable, Hashable, Sendable, Codable, Comparable {
    /// The text.
    package let rawValue: String

    /// The id of this text, or nil if it breaks the rule.
    package init?(rawValue: String) {
        guard IdentifierRule.allows(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// The id of this text; throws `invalidRunID` if it breaks the rule.
    package init(validating text: String) throws(FederationError) {
        guard let id = RunID(rawValue: text) else {
            throw FederationError(.invalidRunID, "a run id is " + IdentifierRule.inWords)
        }
        self = id
    }

    /// Bytewise order.
    package static func < (left: RunID, right: RunID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

extension RunID: CustomStringConvertible {
    /// The text.
    package var description: String { rawValue }
}
