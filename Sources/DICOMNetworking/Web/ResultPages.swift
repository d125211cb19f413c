/// Walks through the pages of a search (PS3.18 section 8.3.4.4), whatever the server makes of `limit`
/// and `offset`, as a value.
package struct ResultPages: Sendable, Hashable {
    /// The most results that are asked for at once.
    package private(set) var limit: Int
    /// Where the next page begins.
    package private(set) var offset = 0
    /// Whether there is nothing more to ask.
    package private(set) var isComplete = false

    /// How many results there are in all, where the level above says so.
    private let expected: Int?
    private var seen: Set<String> = []

    /// The largest page asked for of a server that passes over `offset`.
    private static let limitMax = 100_000

    /// A search that nothing is known of yet; `expected` is the number of results, if known.
    package init(limit: Int, expected: Int? = nil) {
        self.limit = limit
        self.expected = expected
    }

    /// The keys of the next request.
    package var query: [(String, String)] { [("limit", "\(limit)"), ("offset", "\(offset)")] }

    /// Takes the identifiers of a page and returns the places of those that are new.
    ///
    /// A short page is not the last one: some servers give fewer than asked for. The last one is
    /// empty, brings nothing new, or completes the expected number.
    package mutating func take(_ identifiers: [String]) -> [Int] {
        var fresh: [Int] = []
        for (index, identifier) in identifiers.enumerated() where seen.insert(identifier).inserted {
            fresh.append(index)
        }
        let isWhole = expected.map { seen.count >= $0 } ?? false
        if identifiers.isEmpty || isWhole || identifiers.count > limit {
            // More than asked for: the server passes over `limit` and gave everything.
            isComplete = true
        } else if fresh.isEmpty, offset > 0, identifiers.count >= limit, limit < Self.limitMax {
            // The first page again: the server passes over `offset`, so a larger page is asked for.
            limit = min(limit * 10, Self.limitMax)
            offset = 0
        } else if fresh.isEmpty {
            isComplete = true
        } else {
            offset += identifiers.count
        }
        return fresh
    }
}
