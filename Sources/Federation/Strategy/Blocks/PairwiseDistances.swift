/// The squared Euclidean distances between all pairs of updates, over all parameters.
package struct PairwiseDistances: Sendable, Hashable {
    /// The number of updates.
    package let count: Int

    private var squares: [Double]

    /// Distances of updates of which no block was seen yet.
    package init(count: Int) {
        self.count = count
        squares = [Double](repeating: 0, count: count * count)
    }

    /// The distances of whole vectors.
    package init(_ block: UpdateBlock) {
        self.init(count: block.rows)
        add(block)
    }

    /// The squared distance of two updates.
    package subscript(first: Int, second: Int) -> Double { squares[first * count + second] }

    /// Adds what one block contributes.
    package mutating func add(_ block: UpdateBlock) {
        for first in 0..<count {
            for second in first + 1..<max(count, first + 1) {
                let square = block.squaredDistance(first, second)
                squares[first * count + second] += square
                squares[second * count + first] += square
            }
        }
    }
}

extension RoundFiles {
    /// The distances of the round's updates; reads them once.
    func distances() throws(FederationError) -> PairwiseDistances {
        var distances = PairwiseDistances(count: sites.count)
        try scan { distances.add($0) }
        return distances
    }

    /// Refuses a round with fewer updates than the rule can be computed from.
    func require(_ count: Int, for rule: String) throws(FederationError) {
        guard sites.count >= count else {
            throw FederationError(
                .tooFewSites,
                "\(rule) needs \(count) updates, the round has \(sites.count)"
            )
        }
    }
}
