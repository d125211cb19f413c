/// A count as it left a site: exact, or a band such as 25–49.
///
/// As JSON a whole number, or `{"from": 25, "through": 49}` (`through` absent at the open end).
package struct Count: Sendable, Hashable {
    /// The smallest count it can be.
    package let from: Int
    /// The largest count it can be; nil when open.
    package let through: Int?

    /// Makes an exact count.
    package init(_ exact: Int) {
        from = exact
        through = exact
    }

    /// Makes a band.
    package init(from: Int, through: Int?) {
        self.from = from
        self.through = through
    }

    /// The count if it is exact.
    package var exact: Int? { from == through ? from : nil }

    /// `37`, `25–49` or `1000+`.
    package var text: String {
        guard let through else { return "\(from)+" }
        return from == through ? "\(from)" : "\(from)–\(through)"
    }
}

extension Count: Codable {
    private enum CodingKeys: String, CodingKey { case from, through }

    /// Decodes a whole number or a band.
    package init(from decoder: any Decoder) throws {
        if let exact = try? decoder.singleValueContainer().decode(Int.self) {
            self.init(exact)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            from: try container.decode(Int.self, forKey: .from),
            through: try container.decodeIfPresent(Int.self, forKey: .through)
        )
    }

    /// Encodes a whole number or a band.
    package func encode(to encoder: any Encoder) throws {
        if let exact {
            var container = encoder.singleValueContainer()
            try container.encode(exact)
            return
        }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(from, forKey: .from)
        try container.encodeIfPresent(through, forKey: .through)
    }
}
