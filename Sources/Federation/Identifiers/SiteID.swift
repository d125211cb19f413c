/// The name of a site, unique in a federation: 1 to 63 of `a` to `z`, `0` to `9` and `-`.
///
/// Safe in file names, URLs, certificates and logs. Ordered bytewise: the order in which
/// contributions are summed.
package struct SiteID: RawRepresentable, Hashable, Sendable, Codable, Comparable {
    /// The text.
    package let rawValue: String

    /// The id of this text, or nil if it breaks the rule.
    package init?(rawValue: String) {
        guard IdentifierRule.allows(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// The id of this text; throws `invalidSiteID` if it breaks the rule.
    package init(validating text: String) throws(FederationError) {
        guard let id = SiteID(rawValue: text) else {
            throw FederationError(.invalidSiteID, "a site id is " + IdentifierRule.inWords)
        }
        self = id
    }

    /// Bytewise order.
    package static func < (left: SiteID, right: SiteID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

extension SiteID: CustomStringConvertible {
    /// The text.
    package var description: String { rawValue }
}
