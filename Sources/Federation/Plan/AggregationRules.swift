/// How the updates of a round become the next global model (`aggregation` of the plan).
package struct AggregationRules: Sendable, Hashable, Codable {
    /// The rule, one file each in `Strategy/`.
    package enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
        case fedavg
    }

    /// What a site's update counts.
    package enum Weighting: String, Sendable, Hashable, Codable, CaseIterable {
        /// The number of examples the site trained on in the round.
        case examples
        /// The same for every site.
        case uniform
    }

    /// The rule.
    package var strategy: Strategy
    /// What a site's update counts.
    package var weighting: Weighting

    init(reading reader: inout SectionReader) {
        strategy = reader.choice("strategy")
        weighting = reader.choice("weighting", default: .examples)
    }

    /// The weight of an update of so many examples.
    package func weight(examples: Int) -> Double {
        switch weighting {
        case .examples: Double(examples)
        case .uniform: 1
        }
    }
}
